using Weipian.Flow.Store;
using Weipian.Web.Serving;

namespace Weipian.Web.Acts;

/// <summary>The administrator's button: a backup on the server's shelf, restored to a scratch place, verified and recorded.</summary>
public static class RunDrill
{
    public sealed record Request(string Reason);

    /// <param name="File">Name of the backup on the shelf.</param>
    /// <param name="Entries">Entries of the journal that were verified in the restored copy.</param>
    public sealed record Done(string File, long Bytes, string Sha256, bool Encrypted, long Entries, long Rows);

    /// <exception cref="Problem">What failed, after it was written into the journal.</exception>
    public static async Task<Done> Handle(WeipianStore store, Actor who, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        if (string.IsNullOrWhiteSpace(request.Reason))
            throw Problem.Store.ReasonMissing(RecordBackup.Act);
        var settings = ServerSettings.Read(store.Folder);
        var drill = new DrillBackup.Request(settings.BackupFolder, settings.BackupPassphrase, request.Reason, OnlyOnce: true);
        var drilled = await DrillBackup.Handle(store, who, drill, null, stop);
        if (drilled is not { Made: { } made, Verified: { } verified })
            throw drilled.Failure!;
        return new(Path.GetFileName(made.Path), made.Bytes, made.Sha256, made.Encrypted, verified.Entries, verified.Rows);
    }
}
