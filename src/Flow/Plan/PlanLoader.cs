using System.Security.Cryptography;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Weipian.Flow.Plan;

/// <summary>Reads the text of a plan file into a <see cref="WorkPlan"/>. Strict: nothing unknown, nothing missing, nothing
/// dangling.</summary>
internal static class PlanLoader
{
    private const string Bodies = "bodies";
    private const string Posts = "posts";
    private const string ResponsibleUnits = "units.responsible";
    private const string StatutoryUnits = "units.statutory";
    private const string ProgrammeSet = "programmes";
    private const string ThresholdSet = "thresholds";

    /// <summary>In <c>by</c>, every responsible unit at once.</summary>
    private const string EveryResponsibleUnit = "responsible-units";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static WorkPlan Read(byte[] content, string fileName)
    {
        var faults = new PlanFaults(fileName);
        faults.Define(Bodies, EveryResponsibleUnit, fileName);
        var root = Root(TextOf(content, fileName), fileName, faults);
        var plan = new WorkPlan
        {
            Id = root.Id("id", "plan"),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Document = Document(root),
            Territory = TerritoryOf(root),
            Units = Units(root),
            Bodies = root.Rows(Bodies, Body),
            Copies = CopiesOf(root),
            Posts = root.Rows(Posts, Post),
            LeadingGroup = Group(root),
            Seats = root.Rows("seats", Seat),
            Programmes = root.Rows(ProgrammeSet, Programme),
            Calendar = new PlanCalendar(root.Rows("calendar", Date)),
            Thresholds = root.Rows(ThresholdSet, Threshold),
            Grounds = root.Rows("grounds", Ground),
            Duties = root.Rows("duties", Duty),
            Bases = root.Rows("bases", Basis),
        };
        root.Close();
        faults.ThrowIfAny();
        return plan;
    }

    /// <summary>A plan saved in another encoding would turn its Chinese names into others without anybody noticing.</summary>
    private static string TextOf(byte[] content, string fileName)
    {
        try
        {
            return StrictUtf8.GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException wrong)
        {
            var line = content.AsSpan(0, Math.Max(0, wrong.Index)).Count((byte)'\n') + 1;
            throw Problem.Plan.Unreadable($"{fileName}:{line}:1", "not UTF-8");
        }
    }

    private static PlanRow Root(string text, string fileName, PlanFaults faults)
    {
        var yaml = new YamlStream();
        var parser = new Parser(new StringReader(text));
        try
        {
            yaml.Load(parser);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException)
        {
            // The parser gives up in these ways on brackets that do not match and on a key that is nothing.
            var mark = parser.Current?.Start ?? Mark.Empty;
            throw Problem.Plan.Unreadable($"{fileName}:{mark.Line}:{mark.Column}", "brackets that do not match, or a key without a name");
        }
        catch (YamlException wrong)
        {
            var where = $"{fileName}:{wrong.Start.Line}:{wrong.Start.Column}";
            // The parser stops at a key that is there twice; everything else is a matter of form.
            if (wrong.Message.StartsWith("Duplicate key ", StringComparison.Ordinal))
                throw Problem.Plan.DuplicateKey(where, wrong.Message["Duplicate key ".Length..].Trim('\'', '"', ' ', '.'));
            throw Problem.Plan.Unreadable(where, wrong.Message);
        }
        if (yaml.Documents.Count != 1 || yaml.Documents[0].RootNode is not YamlMappingNode root)
            throw Problem.Plan.Unreadable($"{fileName}:1:1", "one YAML mapping is expected");
        return new PlanRow(root, "", faults);
    }

    private static PlanDocument Document(PlanRow root)
    {
        if (root.Row("document") is not { } row)
            return new PlanDocument(new Bilingual("", ""), null, new Bilingual("", ""), null);
        var document = new PlanDocument(row.Name("title"), row.OptionalText("number"), row.Name("issuer"), row.OptionalDate("issued_on"));
        row.Close();
        return document;
    }

    private static Territory TerritoryOf(PlanRow root)
    {
        if (root.Row("territory") is not { } row)
            return new Territory(null, new Bilingual("", ""), true, null, new Provenance("", []));
        var china = row.Flag("china");
        // Three-degree zones over China are 25 to 45; a county code is six digits there and nowhere else.
        var territory = new Territory(
            row.OptionalText("county"),
            row.Name("name"),
            china,
            row.OptionalWhole("zone_hint", least: 25, most: 45),
            row.Source()
        );
        if (china && territory.County is null)
            row.Missing("county");
        if (territory.County is { Length: > 0 } county && !(county.Length == "370306".Length && county.All(char.IsAsciiDigit)))
            row.Fault(Problem.Plan.BadValue(row.Where("county"), county, "370306 …"));
        row.Close();
        return territory;
    }

    private static PlanUnits Units(PlanRow root)
    {
        if (root.Row("units") is not { } row)
            return new PlanUnits([], []);
        var statutory = row.Rows(
            "statutory",
            r =>
            {
                var unit = new StatutoryUnit(
                    r.Id("code", StatutoryUnits),
                    r.Name("name"),
                    r.Texts("aliases"),
                    r.OptionalReference("responsible", ResponsibleUnits),
                    r.Source()
                );
                r.Claim(StatutoryUnits, unit.Code, "name", unit.Spellings);
                return unit;
            }
        );
        var responsible = row.Rows(
            "responsible",
            r =>
            {
                var unit = new ResponsibleUnit(
                    r.Id("id", ResponsibleUnits),
                    r.Name("name"),
                    r.OneOf("kind", ["town", "sub-district", "zone"]),
                    r.Texts("aliases"),
                    r.OptionalReference("post", Posts),
                    r.Source()
                );
                r.Claim(ResponsibleUnits, unit.Id, "name", unit.Spellings);
                return unit;
            }
        );
        row.Close();
        return new PlanUnits(statutory, responsible);
    }

    private static PlanBody Body(PlanRow row) =>
        new(
            row.Id("id", Bodies),
            row.Name("name"),
            row.OneOf("level", ["district", "city", "province", "nation"]),
            row.Texts("aliases"),
            row.Source()
        );

    private static PlanCopies? CopiesOf(PlanRow root)
    {
        if (root.Row("copies", required: false) is not { } row)
            return null;
        var copies = new PlanCopies(row.References("to", Bodies, required: true), row.Source());
        row.Close();
        return copies;
    }

    private static PlanPost Post(PlanRow row) =>
        new(
            row.Id("id", Posts),
            row.Name("name"),
            row.OptionalReference("body", Bodies),
            row.OptionalReference("unit", ResponsibleUnits),
            row.Source()
        );

    private static LeadingGroup? Group(PlanRow root)
    {
        if (root.Row("leading_group", required: false) is not { } row)
            return null;
        var office = new GroupOffice("", "", "", "", new Provenance("", []));
        if (row.Row("office") is { } o)
        {
            office = new GroupOffice(
                o.Reference("body", Bodies),
                o.Reference("host", Bodies),
                o.Reference("director", Posts),
                o.Reference("deputy_director", Posts),
                o.Source()
            );
            o.Close();
        }
        var members = row.Rows(
            "members",
            r => new GroupMember(
                r.Reference("post", Posts),
                r.OneOf("role", ["head", "deputy", "member"]),
                r.Date("from"),
                r.OptionalDate("to"),
                r.Source()
            )
        );
        var group = new LeadingGroup(row.Name("name"), members, office, row.Source());
        row.Close();
        return group;
    }

    private static PlanSeat Seat(PlanRow row)
    {
        var seat = new PlanSeat(
            row.Id("login", "seats"),
            row.OneOf("role", PlanRoles.All),
            row.OptionalReference("unit", ResponsibleUnits),
            row.OptionalReference("body", Bodies),
            row.Name("name"),
            row.Source()
        );
        if (seat.Role == PlanRoles.Department && seat.Body is null)
            row.Missing("body");
        // A town seat without a unit would see nothing, or everything; another seat with one would see too little.
        if (seat.Role == PlanRoles.Town && seat.Unit is null)
            row.Missing("unit");
        if (seat.Role != PlanRoles.Town && seat.Unit is not null)
            row.Fault(Problem.Plan.BadValue(row.Where("unit"), seat.Unit, $"role: {PlanRoles.Town}"));
        return seat;
    }

    private static PlanProgramme Programme(PlanRow row) =>
        new(
            row.Id("id", ProgrammeSet),
            row.Name("name"),
            row.Whole("year", least: 2000, most: 2100),
            row.OptionalWhole("quarter", least: 1, most: 4),
            row.SomeOf("kinds", PlanProgramme.AllKinds),
            row.SomeOf("code_standards", PlanProgramme.AllCodeStandards),
            row.Source()
        );

    private static PlanDate Date(PlanRow row)
    {
        var date = new PlanDate(
            row.Id("id", "calendar"),
            row.Name("name"),
            row.SomeReferences("programmes", ProgrammeSet),
            row.OneOf("kind", PlanDateKinds.All),
            row.OptionalDate("from"),
            row.Date("due"),
            row.References("by", Bodies),
            row.References("recipients", Bodies),
            row.OptionalText("report"),
            row.OptionalName("note"),
            row.Ids("readings"),
            row.Source()
        );
        if (date.From > date.Due)
            row.Fault(Problem.Plan.BadValue(row.Where("from"), $"{date.From:yyyy-MM-dd}", $"≤ {date.Due:yyyy-MM-dd}"));
        return date;
    }

    private static PlanThreshold Threshold(PlanRow row)
    {
        var id = row.Id("id", ThresholdSet);
        var name = row.Name("name");
        var amount = row.Amount("amount");
        var unit = row.OneOf("unit", PlanThreshold.UnitWords);
        var threshold = new PlanThreshold(
            id,
            name,
            amount,
            PlanThreshold.UnitOf(unit),
            row.Has("land") ? row.OneOf("land", PlanThreshold.AllLand) : null,
            row.Flag("example", otherwise: false),
            row.OptionalName("note"),
            row.Ids("readings"),
            row.Source()
        );
        if (amount is { } number && threshold.CountsWhole && number != decimal.Truncate(number))
            row.Fault(Problem.Plan.WrongType(row.Where("amount"), "整数", "a whole number", $"{number}"));
        return threshold;
    }

    private static PlanGround Ground(PlanRow row) =>
        new(
            row.Id("id", "grounds"),
            row.Name("name"),
            row.SomeOf("measures", PlanGround.AllMeasures),
            row.OneOf("found", ["computed", "raised", "both"]),
            row.References("thresholds", ThresholdSet),
            row.Source()
        );

    private static PlanDuty Duty(PlanRow row) =>
        new(row.Id("id", "duties"), row.Name("text"), row.References("by", Bodies, required: true), row.Source());

    private static PlanBasis Basis(PlanRow row) =>
        new(row.Id("id", "bases"), row.Name("name"), row.OptionalText("law"), row.OptionalName("note"), row.Source());
}
