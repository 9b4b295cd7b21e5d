using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Verification;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>One field of the visit form as it is drawn.</summary>
/// <param name="Type">text, flag, day, number, choice or kinds.</param>
public sealed record VisitField(string Id, string Type, string Label, IReadOnlyList<(string Value, string Label)> Options);

/// <summary>Fields that belong together.</summary>
/// <param name="Key">Key of its name among the texts.</param>
/// <param name="IsOpen">Shown from the start.</param>
public sealed record VisitSection(string Key, bool IsOpen, IReadOnlyList<VisitField> Fields);

/// <summary>The visit form (核查表): every key that rules read, and every field of the official card.</summary>
public static class VisitForm
{
    private static readonly (string Key, string[] Ids)[] Order =
    [
        (
            "ground",
            [
                "use_on_ground",
                "actual_use",
                "party",
                "project_name",
                "place",
                "field_description",
                "permanent_building",
                "build_state",
                "built_area_mu",
                "works_started_on",
                "works_started_basis",
                "used_since",
                "check_finding",
                "evidence",
            ]
        ),
        (
            "patrol",
            [
                "found_by_patrol",
                "found_on",
                "stop_notice_given",
                "stop_notice_on",
                "reported",
                "reported_on",
                "report_no",
                "violator",
                "violator_kind",
                "violation_kind",
                "violation_subkind",
                "handling",
                "handling_note",
                "restored_cultivated_mu",
                "remark",
            ]
        ),
        (
            "mineral",
            [
                "mining_activity",
                "activity_kind",
                "mineral",
                "mining_licence_no",
                "renewal_accepted_on",
                "destructive",
                "illegal_transfer",
                "licence_issued_without_power",
                "mine_land_legal",
                "compensation_fee_unpaid",
                "other_mineral_violation",
                "works_document",
            ]
        ),
        (
            "facility",
            [
                "facility_kind",
                "recorded_no",
                "recorded_on",
                "project_area_mu",
                "ancillary_area_mu",
                "interior_use",
                "plough_layer_destroyed",
            ]
        ),
        ("road", ["road_width_m", "road_hardened", "serves_farming", "in_road_network"]),
        (
            "approvals",
            [
                "approval_document",
                "approving_authority",
                "approved_without_power",
                "procedure_kind",
                "procedure_on",
                "procedure_mu",
                "procedure_cultivated_mu",
                "procedure_2_kind",
                "procedure_2_authority",
                "procedure_2_no",
                "procedure_2_on",
                "procedure_2_mu",
                "procedure_2_cultivated_mu",
                "procedure_3_kind",
                "procedure_3_authority",
                "procedure_3_no",
                "procedure_3_on",
                "procedure_3_mu",
                "procedure_3_cultivated_mu",
                "conversion_document",
                "main_application_lodged_on",
                "authority_with_power",
                "application_level",
                "application_accepted_on",
                "application_no",
                "rural_permit_no",
                "rural_permit_on",
                "one_household_one_plot",
                "oilfield_document",
                "pilot_document",
                "other_procedure",
                "linkage_pilot",
                "linkage_pilot_no",
                "mining_land_pilot",
                "hill_land_pilot",
                "affordable_housing",
                "affordable_housing_proof",
                "affordable_housing_note",
                "disaster_rebuilding",
                "disaster_rebuilding_no",
                "statutory_emergency",
                "statutory_emergency_note",
                "key_project",
                "project_authority",
                "project_authority_level",
                "project_document_no",
            ]
        ),
    ];

    /// <summary>The sections for a kind of patch; what no section names stands in the last one.</summary>
    public static IReadOnlyList<VisitSection> For(string kind)
    {
        var all = FactKeys.ById.Values.Select(Of).Concat(CardFields.All.Select(Of)).ToDictionary(f => f.Id, StringComparer.Ordinal);
        var named = Order.SelectMany(s => s.Ids).ToHashSet(StringComparer.Ordinal);
        var rest = all.Values.Where(f => !named.Contains(f.Id)).ToList();
        return
        [
            .. Order.Select(s => new VisitSection(
                s.Key,
                s.Key is "ground" or "patrol" || (s.Key == "mineral" && kind == PatchKind.Mineral),
                [.. s.Ids.Select(id => all[id])]
            )),
            new VisitSection("further", false, rest),
        ];
    }

    private static VisitField Of(FactKey key) =>
        new(
            key.Id,
            key == FactKeys.EvidenceKinds ? "kinds" : key.Type.ToString().ToLowerInvariant(),
            Say.Either(key.Zh, key.En),
            [.. (key == FactKeys.EvidenceKinds ? Kinds : key.Choices).Select(c => (c, Say.T("word." + c)))]
        );

    private static VisitField Of(CardField field) =>
        new(
            field.Id,
            field.Type.ToString().ToLowerInvariant(),
            Say.Either(field.Zh, field.En),
            [.. field.Choices.Select(c => (c.Id, Say.Either(c.Zh, c.En)))]
        );

    private static readonly string[] Kinds =
    [
        EvidenceKind.PhotoFull,
        EvidenceKind.PhotoInterior,
        EvidenceKind.PhotoWidth,
        EvidenceKind.BeforeAfterImage,
        EvidenceKind.Document,
    ];
}
