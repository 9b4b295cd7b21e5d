using System.Text.Json;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Web.Verbs;

/// <summary><c>backup</c> and <c>restore</c> as a script calls them: status, the one document, where the passphrase comes from.</summary>
public sealed class BackupVerbTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    private string Data => folder.File("data");

    private string Backup => folder.File("all.backup");

    public async ValueTask InitializeAsync() => await Weipian.Flow.Intake.InitialiseDistrict.Handle(new(Data), new(Installations.Zhoucun));

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Refusals_are_status_one_with_their_code_and_wrong_usage_is_two()
    {
        Assert.Equal(2, (await WeipianProcess.Run("backup")).Status);
        Assert.Equal(2, (await WeipianProcess.Run("restore")).Status);
        Assert.Equal("store.not-initialised", await CodeAsync("backup", Backup, "--data", folder.File("nowhere")));
        await File.WriteAllTextAsync(Backup, "mine");
        Assert.Equal("backup.file-exists", await CodeAsync("backup", Backup, "--data", Data));
        Assert.Equal("backup.not-a-backup", await CodeAsync("restore", Backup, "--data", folder.File("place")));
        Assert.Equal("backup.place-not-empty", await CodeAsync("restore", Backup, "--data", Data));
        Assert.Equal("backup.no-such-file", await CodeAsync("restore", Backup, "--data", folder.File("p"), "--passphrase-file", "nowhere"));
        Assert.Equal("mine", await File.ReadAllTextAsync(Backup));
        Assert.False(Directory.Exists(folder.File("place")));
    }

    [Fact]
    public async Task What_is_backed_up_with_a_passphrase_file_is_restored_with_it_and_the_journal_tells()
    {
        var phrase = folder.File("phrase");
        await File.WriteAllTextAsync(phrase, "周村 district backup 2019\n");
        var made = await JsonAsync("backup", Backup, "--data", Data, "--passphrase-file", phrase, "--json");
        Assert.True(made.GetProperty("encrypted").GetBoolean());
        Assert.Equal(new FileInfo(Backup).Length, made.GetProperty("bytes").GetInt64());
        Assert.Equal("backup.passphrase-needed", await CodeAsync("restore", Backup, "--data", folder.File("place")));
        var restored = await JsonAsync("restore", Backup, "--data", folder.File("place"), "--passphrase-file", phrase, "--json");
        Assert.Equal(1, restored.GetProperty("verified").GetProperty("entries").GetInt64());
        Assert.Equal(0, (await WeipianProcess.Run("verify", "--data", folder.File("place"))).Status);
        Assert.Equal([RecordBackup.Made], Subjects(Data));
        Assert.Equal([RecordBackup.Restored], Subjects(folder.File("place")));
    }

    [Fact]
    public async Task A_drill_says_what_it_verified()
    {
        var drilled = await JsonAsync("backup", "--drill", folder.File("shelf"), "--data", Data, "--json");
        Assert.Equal(1, drilled.GetProperty("verified").GetProperty("entries").GetInt64());
        Assert.Single(BackupShelf.In(folder.File("shelf")));
        Assert.Equal([RecordBackup.Drilled], Subjects(Data));
    }

    private static List<string> Subjects(string data)
    {
        using var store = WeipianStore.Open(new DataFolder(data));
        using var db = store.Read();
        return [.. db.Journal.Where(j => j.Act == RecordBackup.Act).OrderBy(j => j.Seq).Select(j => j.Subject)];
    }

    private static async Task<string?> CodeAsync(params string[] arguments)
    {
        var ended = await WeipianProcess.Run([.. arguments, "--json"]);
        Assert.True(ended.Status == 1, $"{ended.Status} {ended.Output} {ended.Errors}");
        return JsonDocument.Parse(ended.Output).RootElement.GetProperty("error").GetProperty("code").GetString();
    }

    private static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var ended = await WeipianProcess.Run(arguments);
        Assert.True(ended.Status == 0, $"{ended.Status} {ended.Output} {ended.Errors}");
        return JsonDocument.Parse(ended.Output).RootElement;
    }
}
