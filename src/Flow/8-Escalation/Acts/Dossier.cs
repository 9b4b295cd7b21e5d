using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>What goes to discipline inspection: persons by post, the way that led there, and every piece of evidence with its
/// hash (R43).</summary>
/// <remarks>Canonical JSON among the blobs: its address is its hash, so that what was handed over can be proved later.</remarks>
internal static class Dossier
{
    /// <summary>One event of the way, for the timeline.</summary>
    private sealed record Event(DateOnly On, string Kind, Guid Id, string Zh);

    public static async Task<JsonObject> BuildAsync(
        ActScope act,
        EscalationProposal proposal,
        GovernmentDecision decision,
        InterviewClock? interview,
        IReadOnlyList<string> posts,
        string suggestionZh,
        CancellationToken stop
    )
    {
        var plan = act.Store.Plan;
        // A hand-over after an interview rests on what the interview rested on, and on every finding about the unit.
        var before = interview is null ? null : await ApprovedProposal.ReadAsync(act.Db, interview.Interview.ProposalId, stop);
        var findings = await act.Db.IntegrityFindings.Where(f => f.Unit == proposal.Unit).ToListAsync(stop);
        var violations = Violations(proposal, before, findings);
        var events = new List<Event>
        {
            new(EscalationDays.Of(proposal.At), "proposal", proposal.Id, $"提出建议：{proposal.ReasonZh}"),
            new(decision.On, "decision", decision.ProposalId, $"区政府决定：{decision.ReasonZh}"),
        };
        if (before is not null)
            events.Add(new(EscalationDays.Of(before.At), "proposal", before.Id, $"提出约谈建议：{before.ReasonZh}"));
        events.AddRange(findings.Select(f => new Event(f.FoundOn, "integrity-finding", f.Id, f.FactsZh)));
        if (interview is not null)
        {
            events.Add(new(interview.Interview.StartedOn, "interview", interview.Interview.Id, interview.Interview.DemandsZh));
            events.AddRange(interview.Steps.Select(s => new Event(s.On, s.Kind, s.Id, s.NoteZh)));
        }
        events.AddRange(await ViolationEventsAsync(act.Db, violations, stop));
        return new JsonObject
        {
            ["unit"] = proposal.Unit,
            ["unitZh"] = EscalationPapers.UnitZh(plan, proposal.Unit),
            ["persons"] = new JsonArray([.. posts.Select(p => (JsonNode)p)]),
            ["ground"] = proposal.GroundId,
            ["immediate"] = proposal.Immediate,
            ["figures"] = JsonNode.Parse(proposal.FiguresJson),
            ["figuresOfInterview"] = before is null ? null : JsonNode.Parse(before.FiguresJson),
            ["suggestion"] = suggestionZh,
            ["timeline"] = new JsonArray([
                .. events.OrderBy(e => e.On).ThenBy(e => e.Kind, StringComparer.Ordinal).ThenBy(e => e.Id).Select(Line),
            ]),
            ["evidence"] = new JsonArray([.. (await EvidenceAsync(act.Db, violations, proposal, interview, stop))]),
        };
    }

    private static JsonNode Line(Event e) =>
        new JsonObject
        {
            ["on"] = $"{e.On:yyyy-MM-dd}",
            ["kind"] = e.Kind,
            ["id"] = e.Id.ToString(),
            ["zh"] = e.Zh,
        };

    /// <summary>Every violation that the proposals and the findings name, in that order.</summary>
    private static List<Guid> Violations(EscalationProposal proposal, EscalationProposal? before, List<IntegrityFinding> findings) =>
        [
            .. GroundFiguresJson
                .Ids(proposal.FiguresJson, "violation")
                .Concat(before is null ? [] : GroundFiguresJson.Ids(before.FiguresJson, "violation"))
                .Concat(findings.Select(f => f.ViolationId).OfType<Guid>())
                .Distinct(),
        ];

    private static async Task<List<Event>> ViolationEventsAsync(StoreContext db, IReadOnlyList<Guid> violations, CancellationToken stop)
    {
        var events = new List<Event>();
        var made = await db.Violations.Where(v => violations.Contains(v.Id)).ToListAsync(stop);
        events.AddRange(made.Select(v => new Event(EscalationDays.Of(v.At), "violation", v.Id, $"确认违法 {v.Number}：{v.NameZh}")));
        var cases = await db.CaseFiles.Where(c => violations.Contains(c.ViolationId)).ToListAsync(stop);
        events.AddRange(cases.Select(c => new Event(c.FiledOn, "case-file", c.Id, $"立案 {c.Number}：{c.GroundZh}")));
        var measures = await db.Measures.Where(m => violations.Contains(m.ViolationId)).ToListAsync(stop);
        events.AddRange(measures.Select(m => new Event(m.OrderedOn, "measure", m.Id, $"责令整改，期限{m.DueOn:yyyy-MM-dd}")));
        var ids = measures.Select(m => m.Id).ToList();
        var acceptances = await db.MeasureAcceptances.Where(a => ids.Contains(a.MeasureId)).ToListAsync(stop);
        events.AddRange(acceptances.Select(a => new Event(a.InspectedOn, "measure-acceptance", a.Id, $"实地验收：{a.NoteZh}")));
        return events;
    }

    /// <summary>Sealed verdicts, files of evidence and issued documents of the violations, each with a hash.</summary>
    private static async Task<List<JsonNode>> EvidenceAsync(
        StoreContext db,
        IReadOnlyList<Guid> violations,
        EscalationProposal proposal,
        InterviewClock? interview,
        CancellationToken stop
    )
    {
        var parcels = await db.ViolationParcels.Where(p => violations.Contains(p.ViolationId)).ToListAsync(stop);
        var (verdicts, patches) = (parcels.Select(p => p.DeterminationId).ToList(), parcels.Select(p => p.PatchId).ToList());
        var sealedVerdicts = await db
            .Determinations.Where(d => verdicts.Contains(d.Id))
            .Select(d => new Piece("determination", d.Id, d.Code, d.SealSha256))
            .ToListAsync(stop);
        var files = await db
            .Evidence.Where(e => patches.Contains(e.PatchId))
            .Select(e => new Piece("file", e.Id, e.FileName, e.Sha256))
            .ToListAsync(stop);
        var subjects = violations.ToList();
        if (interview is not null)
            subjects.Add(interview.Interview.Id);
        subjects.AddRange(await db.CaseFiles.Where(c => violations.Contains(c.ViolationId)).Select(c => c.Id).ToListAsync(stop));
        var documents = await db.OpenAsync(await db.IssuedDocuments.Where(d => subjects.Contains(d.SubjectId)).ToListAsync(stop), stop);
        var papers = documents.Select(d => new Piece("document", d.Row.Id, d.Row.Number, CanonicalJson.Sha256(d.FieldsJson)));
        var figures = new Piece("figures", proposal.Id, proposal.GroundId, CanonicalJson.Sha256(proposal.FiguresJson));
        return
        [
            .. sealedVerdicts
                .Concat(files)
                .Concat(papers)
                .Append(figures)
                .OrderBy(p => p.Kind, StringComparer.Ordinal)
                .ThenBy(p => p.Label, StringComparer.Ordinal)
                .ThenBy(p => p.Id)
                .Select(p => new JsonObject
                {
                    ["kind"] = p.Kind,
                    ["id"] = p.Id.ToString(),
                    ["label"] = p.Label,
                    ["sha256"] = p.Sha256,
                }),
        ];
    }

    private sealed record Piece(string Kind, Guid Id, string Label, string Sha256);
}
