using Microsoft.EntityFrameworkCore.Migrations;

namespace Weipian.Flow.Store;

/// <summary>Triggers that refuse, inside the database, what the program never does: changing or removing what was written.</summary>
/// <remarks>They stop accidents and hurried hands. Whoever may drop a trigger can get past them; the journal finds that.</remarks>
internal static class Guards
{
    private static readonly string Zero = new('0', 64);

    public static IReadOnlyList<string> FirstAppendOnly { get; } =
    [
        "comparison_area",
        "comparison_run",
        "confirmation",
        "determination",
        "evidence",
        "import_batch",
        "import_finding",
        "installation",
        "journal",
        "layer_version",
        "patch",
        "patch_link",
        "patch_unit",
        "programme",
        "proposal",
        "visit",
    ];

    /// <summary>The tables of the chain after the verdict.</summary>
    public static IReadOnlyList<string> ChainAppendOnly { get; } =
    [
        "accountability",
        "accountability_step",
        "case_file",
        "case_step",
        "city_result",
        "city_round",
        "copy_notice",
        "copy_notice_reply",
        "credit_record",
        "credit_step",
        "decision_trace",
        "deduction_sheet",
        "escalation_proposal",
        "evaluation",
        "evaluation_appeal",
        "evidence_place",
        "government_decision",
        "hand_over",
        "hand_over_receipt",
        "hold",
        "hold_inquiry",
        "hold_lift",
        "integrity_finding",
        "interview",
        "interview_step",
        "issued_document",
        "ledger_closing",
        "ledger_closing_proposal",
        "ledger_entry",
        "measure",
        "measure_acceptance",
        "measure_report",
        "non_case_handling",
        "notice",
        "office_record",
        "party",
        "party_identity",
        "programme_acceptance",
        "received_verdict",
        "report",
        "signature",
        "snapshot",
        "spot_check",
        "spot_check_draw",
        "spot_check_result",
        "stop_notice",
        "submission",
        "supervision",
        "supervision_step",
        "survey_link",
        "transfer",
        "transfer_step",
        "violation",
        "violation_parcel",
        "violation_party",
        "visit_assignment",
        "visit_return",
    ];

    /// <summary>The tables of people: sessions, second factors, devices, memberships, sealed identities.</summary>
    public static IReadOnlyList<string> PeopleAppendOnly { get; } =
    [
        "device_key",
        "device_key_end",
        "group_change",
        "membership",
        "membership_end",
        "recovery_code",
        "sealed_identity",
        "seat_session",
        "second_factor",
        "second_factor_end",
        "second_factor_rule",
        "second_factor_use",
        "session_end",
    ];

    /// <summary>Papers on file and batches of verdicts.</summary>
    public static IReadOnlyList<string> BatchAppendOnly { get; } = ["attached_document", "verdict_batch", "verdict_batch_item"];

    /// <summary>Sealed texts under newer keys.</summary>
    public static IReadOnlyList<string> ResealAppendOnly { get; } = ["reseal"];

    /// <summary>Files that stand sealed.</summary>
    public static IReadOnlyList<string> FilesAppendOnly { get; } = ["sealed_file"];

    /// <summary>Guards of verdicts, and training.</summary>
    public static IReadOnlyList<string> ReviewAppendOnly { get; } =
    ["blind_reading", "proposal_look", "review_guard", "training_answer", "training_step"];

    /// <summary>Second signatures that were taken back.</summary>
    public static IReadOnlyList<string> TakenBackAppendOnly { get; } = ["confirmation_withdrawal"];

    public const string SeatFrozen = "id, login, role, unit, post_zh, post_en";

    public const string ParcelFrozen =
        "id, patch_id, number, ordinal, geometry, area_square_metres, cultivated_square_metres, permanent_farmland_square_metres, areas_json, made_at";

    /// <summary>SQLite: no row leaves, no value changes.</summary>
    /// <param name="frozenColumns">Columns that never change, where others may; <c>null</c> for all.</param>
    public static void GuardSqlite(this MigrationBuilder migration, string table, string? frozenColumns = null)
    {
        migration.Sql(
            $"""
            CREATE TRIGGER {table}_keeps_rows BEFORE DELETE ON {table}
            BEGIN SELECT RAISE(ABORT, 'rows of {table} are never removed'); END;
            """
        );
        var columns = frozenColumns is null ? "" : $" OF {frozenColumns}";
        migration.Sql(
            $"""
            CREATE TRIGGER {table}_keeps_values BEFORE UPDATE{columns} ON {table}
            BEGIN SELECT RAISE(ABORT, 'values of {table} are never changed'); END;
            """
        );
    }

    /// <summary>SQLite: a column that is set once and then stays.</summary>
    public static void SetOnceSqlite(this MigrationBuilder migration, string table, string column) =>
        migration.Sql(
            $"""
            CREATE TRIGGER {table}_{column}_is_set_once BEFORE UPDATE OF {column} ON {table} WHEN OLD.{column} IS NOT NULL
            BEGIN SELECT RAISE(ABORT, '{column} of {table} is set once'); END;
            """
        );

    /// <summary>PostgreSQL: no row leaves, not even by TRUNCATE; no value changes.</summary>
    /// <param name="frozenColumns">Columns that never change, where others may; <c>null</c> for all.</param>
    public static void GuardPostgres(this MigrationBuilder migration, string table, string? frozenColumns = null)
    {
        migration.Sql(
            $"""
            CREATE TRIGGER {table}_keeps_rows BEFORE DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION weipian_refuse();
            """
        );
        var columns = frozenColumns is null ? "" : $" OF {frozenColumns}";
        migration.Sql(
            $"""
            CREATE TRIGGER {table}_keeps_values BEFORE UPDATE{columns} ON {table}
            FOR EACH ROW EXECUTE FUNCTION weipian_refuse();
            """
        );
    }

    /// <summary>PostgreSQL: a column that is set once and then stays.</summary>
    public static void SetOncePostgres(this MigrationBuilder migration, string table, string column) =>
        migration.Sql(
            $"""
            CREATE TRIGGER {table}_{column}_is_set_once BEFORE UPDATE OF {column} ON {table}
            FOR EACH ROW WHEN (OLD.{column} IS NOT NULL) EXECUTE FUNCTION weipian_refuse();
            """
        );

    /// <summary>SQLite: the journal only grows, by the next link.</summary>
    public static void ChainSqlite(this MigrationBuilder migration) =>
        migration.Sql(
            $"""
            CREATE TRIGGER journal_chains BEFORE INSERT ON journal
            WHEN NEW.seq <> coalesce((SELECT max(seq) FROM journal), 0) + 1
              OR NEW.prev <> coalesce((SELECT hash FROM journal WHERE seq = NEW.seq - 1), '{Zero}')
            BEGIN SELECT RAISE(ABORT, 'an entry of the journal continues the last one'); END;
            """
        );

    /// <summary>PostgreSQL: the same, and the function that every guard calls.</summary>
    public static void ChainPostgres(this MigrationBuilder migration)
    {
        migration.Sql(
            """
            CREATE FUNCTION weipian_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME; END $$;
            """
        );
        migration.Sql(
            $"""
            CREATE FUNCTION weipian_chain() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF NEW.seq <> coalesce((SELECT max(seq) FROM journal), 0) + 1
                OR NEW.prev <> coalesce((SELECT hash FROM journal WHERE seq = NEW.seq - 1), '{Zero}')
              THEN RAISE EXCEPTION 'an entry of the journal continues the last one'; END IF;
              RETURN NEW;
            END $$;
            """
        );
        migration.Sql("CREATE TRIGGER journal_chains BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION weipian_chain();");
    }

    /// <summary>SQLite: the R*Tree over the boxes of patches. It keeps 32-bit floats rounded outward: candidates, to be checked
    /// again.</summary>
    /// <remarks>The id travels as an auxiliary column, because VACUUM may renumber the rows of a table with a text key.</remarks>
    public static void IndexPatchesSqlite(this MigrationBuilder migration)
    {
        migration.Sql("CREATE VIRTUAL TABLE patch_box USING rtree(id, west, east, south, north, +patch_id TEXT);");
        migration.Sql(
            """
            CREATE TRIGGER patch_enters_box AFTER INSERT ON patch
            BEGIN INSERT INTO patch_box (west, east, south, north, patch_id) VALUES (NEW.west, NEW.east, NEW.south, NEW.north, NEW.id); END;
            """
        );
    }
}
