namespace Weipian.Flow.Store;

/// <summary>Writes into the journal that a backup was made, tried or restored, and tells the administrator when it failed.</summary>
/// <remarks>The files are made outside the store; this act says what came of it. Nothing but the entry and the notice is written.</remarks>
public static class RecordBackup
{
    public const string Act = "record-backup";

    /// <summary>A backup was made.</summary>
    public const string Made = "made";

    /// <summary>A backup was made, restored to a scratch place and verified.</summary>
    public const string Drilled = "drilled";

    /// <summary>A backup or its trial failed.</summary>
    public const string Failed = "failed";

    /// <summary>This installation was restored from a backup.</summary>
    public const string Restored = "restored";

    private static readonly string[] Kinds = [Made, Drilled, Failed, Restored];

    /// <param name="Kind">Of <see cref="Made"/>, <see cref="Drilled"/>, <see cref="Failed"/>, <see cref="Restored"/>.</param>
    /// <param name="File">Name of the file, without its folder.</param>
    /// <param name="JournalSeq">The last entry in the backup; 0 when none was made.</param>
    /// <param name="Sha256">Of the file; empty where it was not hashed.</param>
    /// <param name="Detail">What failed, in words.</param>
    public sealed record Request(
        string Kind,
        string File,
        long Bytes,
        string Sha256,
        bool Encrypted,
        long JournalSeq,
        string Detail,
        string Reason
    );

    /// <summary>What is written of a backup that was made.</summary>
    public static Request Of(MakeBackup.Made made, string kind, string reason)
    {
        ArgumentNullException.ThrowIfNull(made);
        return new(kind, Path.GetFileName(made.Path), made.Bytes, made.Sha256, made.Encrypted, made.Label.JournalSeq, "", reason);
    }

    /// <summary>What is written of a backup that was restored.</summary>
    public static Request Of(string file, BackupLabel label, string reason)
    {
        ArgumentNullException.ThrowIfNull(label);
        return new(Restored, file, 0, "", false, label.JournalSeq, $"{label.MadeAt:O}", reason);
    }

    /// <returns>The instant of the entry.</returns>
    /// <exception cref="Problem"><c>store.act-not-allowed</c>, <c>store.reason-missing</c>, <c>chain.bad-value</c></exception>
    public static Task<DateTime> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.Kind,
            request.Reason,
            act =>
            {
                OneOfAttribute.Check("Kind", request.Kind, Kinds);
                act.Fact("file", request.File);
                act.Fact("bytes", request.Bytes);
                act.Fact("sha256", request.Sha256);
                act.Fact("encrypted", request.Encrypted);
                act.Fact("journalSeq", request.JournalSeq);
                act.Fact("detail", request.Detail);
                if (request.Kind == Failed)
                    Tell.Role(
                        act,
                        Plan.PlanRoles.Administrator,
                        "backup",
                        act.NewId(),
                        $"备份或恢复演练失败：{request.Detail}",
                        $"A backup or its trial failed: {request.Detail}"
                    );
                return Task.FromResult(act.At);
            },
            stop
        );
    }
}
