using Weipian.Flow.Determinations;
using Weipian.Flow.Verification;

namespace Weipian.Web.Reading;

/// <summary>
/// Everything about one patch that does not change with a verdict: what was issued, measured, proposed and brought from site.
/// </summary>
public sealed record PatchDossier(
    Guid Id,
    string Programme,
    string Number,
    string Kind,
    DateOnly? Before,
    DateOnly? After,
    double AreaSquareMetres,
    double? IssuedAreaSquareMetres,
    string? County,
    string? IssuedUnit,
    string? Change,
    string? Cluster,
    string FileName,
    DateTime ImportedAt,
    string CrsStatementZh,
    string CrsStatementEn,
    bool Assumed,
    double Longitude,
    double Latitude,
    IReadOnlyList<UnitShare> Units,
    IReadOnlyList<PatchTie> Ties,
    IReadOnlyList<DossierFinding> Findings,
    ComparisonSheet? Comparison,
    IReadOnlyDictionary<Guid, Derivation> Derivations,
    IReadOnlyList<VisitSheet> Visits,
    IReadOnlyList<EvidenceSheet> Evidence
)
{
    /// <summary>The same without the derivations that the guards keep from a seat, told by its row.</summary>
    public PatchDossier Veiled(PatchRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var kept = row.Parcels.Where(p => p.IsProposalHidden || p.IsReadingDue).Select(p => p.Id).ToHashSet();
        return kept.Count == 0 ? this : this with { Derivations = Derivations.Where(d => !kept.Contains(d.Key)).ToDictionary() };
    }
}

/// <summary>The share of a patch in one statutory unit.</summary>
public sealed record UnitShare(string StatutoryUnit, string? ResponsibleUnit, double AreaSquareMetres);

/// <summary>Another patch that shows the same thing at another time.</summary>
/// <param name="Earlier">True when the other one is the earlier.</param>
public sealed record PatchTie(Guid Id, string Number, string Programme, bool Earlier, double ShareOfSmaller);

/// <summary>What the quality control found about the record.</summary>
public sealed record DossierFinding(string Rule, string Zh, string En);

/// <summary>The newest desk comparison of a patch.</summary>
/// <param name="Absent">Roles of which no layer is loaded: no data, which is not zero.</param>
public sealed record ComparisonSheet(
    Guid RunId,
    DateTime RanAt,
    string Convention,
    string EngineVersion,
    IReadOnlyList<ComparisonRole> Roles,
    IReadOnlyList<string> Absent
);

/// <summary>One role of layers as it meets the patch.</summary>
/// <param name="Layers">The versions that were compared for the role, as they are in force for the patch.</param>
public sealed record ComparisonRole(
    string Role,
    IReadOnlyList<LayerLine> Layers,
    IReadOnlyList<ComparisonClass> Classes,
    double CoveredSquareMetres
);

/// <summary>A layer version as a line of text.</summary>
public sealed record LayerLine(string Id, string Name, DateOnly AsOf, bool Assumed);

/// <summary>One class of a role: its area in the patch and the features it is made of.</summary>
/// <param name="Tint">cultivated, agricultural, construction, unused, or empty when there is no class of land.</param>
public sealed record ComparisonClass(
    string Code,
    string? Name,
    string Tint,
    double AreaSquareMetres,
    IReadOnlyList<ComparisonPiece> Pieces
);

/// <summary>How much of one feature lies in the patch. <see cref="Key"/> joins it with its ground on the map.</summary>
public sealed record ComparisonPiece(
    string Key,
    string LayerVersion,
    long Feature,
    double AreaSquareMetres,
    string? Document,
    string? Date,
    string? Expiry,
    string? Use,
    string? Party
);

/// <summary>A visit with its answers in the order of the form.</summary>
/// <param name="Return">Why it was sent back.</param>
public sealed record VisitSheet(Guid Id, DateOnly VisitedOn, string By, IReadOnlyList<VisitAnswer> Answers, VisitReturn? Return = null);

/// <summary>One answer of the form.</summary>
public sealed record VisitAnswer(string Key, string Value);

/// <summary>A file that supports a verdict.</summary>
/// <param name="Place">Where a photograph was taken; null when nobody asked, as for documents.</param>
/// <param name="IsSealed">It holds personal data: each reading stands in the journal.</param>
public sealed record EvidenceSheet(
    Guid Id,
    Guid? VisitId,
    string FileName,
    string ContentType,
    long Size,
    string Sha256,
    EvidencePlace? Place = null,
    bool IsSealed = false
)
{
    public bool IsPicture => ContentType.StartsWith("image/", StringComparison.Ordinal);

    /// <summary>A picture that a page may show by itself; a sealed one is opened by a person, and the reading is journalled.</summary>
    public bool IsShown => IsPicture && !IsSealed;
}

/// <summary>An entry of the journal about a patch.</summary>
public sealed record JournalLine(long Seq, DateTime At, string Actor, string Act, string Subject, string Reason, string Hash);
