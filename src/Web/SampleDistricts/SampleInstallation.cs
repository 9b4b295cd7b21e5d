using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Comparison;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.GeoFiles;
using Weipian.Law;
using Weipian.Sample;

namespace Weipian.Web.SampleDistricts;

/// <summary>Makes the synthetic district and loads it through the ordinary doors: what a user would type, one act after the
/// other.</summary>
/// <remarks>
/// Everything that is loaded went through a file in a format that users receive. The folder is made whole or not at all: the installation
/// is built beside it and moved into place at the end, so that a killed first start leaves nothing that looks like an installation.
/// </remarks>
public static class SampleInstallation
{
    private const string Reason = "合成样区 synthetic sample district";

    /// <summary>The day before the year of the plan begins: the district is set up and its layers are added.</summary>
    private static readonly DateTime Eve = new(2019, 4, 30, 9, 0, 0);

    /// <summary>
    /// When the patches of a programme came and when their visits were recorded, an hour before the first verdicts: what the sample holds
    /// has to be there on the days that its reports look back on.
    /// </summary>
    private static readonly Dictionary<string, (DateTime Issued, DateTime Recorded)> Days = new(StringComparer.Ordinal)
    {
        ["2018-annual"] = (Eve, new(2019, 5, 6, 8, 0, 0)),
        ["2019-q1"] = (new(2019, 5, 9, 9, 0, 0), new(2019, 7, 1, 8, 0, 0)),
        ["2019-q2"] = (new(2019, 6, 21, 9, 0, 0), new(2019, 7, 8, 8, 0, 0)),
        ["2019-q3"] = (new(2019, 9, 13, 9, 0, 0), new(2019, 10, 8, 8, 0, 0)),
    };

    /// <summary>How far the making is.</summary>
    public sealed record Step(int Done, int Total, string Zh, string En);

    /// <summary>What was made.</summary>
    /// <param name="Refused">Records of layers and patch files that the doors refused; the sample is made so that there are none.</param>
    public sealed record Made(int Layers, int Patches, int Visits, int Proposals, long Refused, string SeatsPath);

    /// <exception cref="Problem"><c>store.already-initialised</c>: the folder holds an installation, which is left as it is</exception>
    public static async Task<Made> MakeAsync(
        DataFolder target,
        string planPath,
        DeterminationLaw law,
        SampleSize size,
        ulong number,
        IProgress<Step>? progress,
        CancellationToken stop
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.HasDatabase)
            throw Problem.Store.AlreadyInitialised(target.Path, "?");
        var building = new DataFolder(target.Path + ".building");
        if (Directory.Exists(building.Path))
            Directory.Delete(building.Path, recursive: true);
        Directory.CreateDirectory(building.Path);
        var made = await new Making(building, law, progress, stop).RunAsync(planPath, size, number);
        MoveInto(building.Path, target.Path);
        return made with { SeatsPath = target.SampleSeats };
    }

    private static void MoveInto(string from, string to)
    {
        Directory.CreateDirectory(to);
        // The database last: until it is there, the folder is not an installation.
        foreach (var entry in Directory.EnumerateFileSystemEntries(from).OrderBy(e => e.EndsWith("weipian.db", StringComparison.Ordinal)))
        {
            var place = Path.Combine(to, Path.GetFileName(entry));
            if (Directory.Exists(entry))
                Directory.Move(entry, place);
            else
                File.Move(entry, place);
        }
        Directory.Delete(from);
    }

    private sealed class Making(DataFolder folder, DeterminationLaw law, IProgress<Step>? progress, CancellationToken stop)
    {
        private readonly ScriptedClock clock = new();
        private int done;
        private int total;
        private long refused;

        public async Task<Made> RunAsync(string planPath, SampleSize size, ulong number)
        {
            Tell("生成合成数据文件", "writing the synthetic files");
            var files = SampleDistrict.Write(Path.Combine(folder.Path, "sample-files"), size, number, new FileSteps(progress), stop);
            var programmes = files.Patches.Select(p => p.Programme).Distinct(StringComparer.Ordinal).ToList();
            total = 1 + files.Layers.Count + files.Images.Count + files.Patches.Count + 3 * programmes.Count + 1;
            done = 1;

            await InitialiseDistrict.Handle(
                folder,
                new InitialiseDistrict.Request(planPath, Reason: Reason),
                law.Book.LandClasses,
                clock: clock,
                stop: stop
            );
            using var store = WeipianStore.Open(folder, clock: clock);
            foreach (var layer in files.Layers)
                await AddAsync(store, layer);
            await AddImagesAsync(store, files.Images);
            var patches = 0;
            foreach (var file in files.Patches)
            {
                clock.Put(Days[file.Programme].Issued);
                patches += await ImportAsync(store, file);
            }
            var proposals = 0;
            foreach (var programme in programmes)
            {
                clock.Put(Days[programme].Recorded);
                await VisitAsync(store, programme, [.. files.Visits.Where(v => v.Programme == programme)]);
                Next($"内业比对 {programme}", $"comparing {programme}");
                await CompareProgramme.Handle(store, Actor.Machine, new CompareProgramme.Request(programme, Reason: Reason), stop: stop);
                Next($"判定建议 {programme}", $"proposing verdicts of {programme}");
                proposals += await ProposeAsync(store, programme);
            }
            clock.Put(Eve);
            Next("设置席位口令", "setting the passwords of the seats");
            await SetPasswordsAsync(store);
            return new Made(files.Layers.Count, patches, files.Visits.Count, proposals, refused, folder.SampleSeats);
        }

        private async Task AddAsync(WeipianStore store, SampleLayerFile layer)
        {
            Next($"添加图层 {layer.Role} {layer.AsOf:yyyy-MM-dd}", $"adding {layer.Role} {layer.AsOf:yyyy-MM-dd}");
            var request = new AddLayerVersion.Request(
                layer.Path,
                layer.Role,
                layer.AsOf,
                Map: FieldMap.Parse(layer.Map),
                Codes: layer.Codes,
                Encoding: layer.Encoding,
                Reason: Reason
            );
            var added = await AddLayerVersion.Handle(store, Actor.Machine, request, law.Book.LandClasses, stop: stop);
            refused += added.Version.RefusedCount;
        }

        /// <summary>Every image on the day after it was taken; the eve for those of the time before the plan. Its file goes: the content
        /// is kept, and it is most of what a sample weighs.</summary>
        private async Task AddImagesAsync(WeipianStore store, IReadOnlyList<SampleImageFile> images)
        {
            foreach (var image in images)
            {
                Next($"添加影像 {image.On:yyyy-MM-dd}", $"adding the image of {image.On:yyyy-MM-dd}");
                var morning = image.On.AddDays(1).ToDateTime(new(9, 0));
                clock.Put(morning > Eve ? morning : Eve);
                var request = new AddImage.Request(image.Path, image.On, image.Sensor, Reason, Move: true);
                await AddImage.Handle(store, Actor.Machine, request, stop);
            }
            clock.Put(Eve);
        }

        private async Task<int> ImportAsync(WeipianStore store, SamplePatchFile file)
        {
            Next($"导入图斑 {file.Programme} {file.Kind}", $"importing patches {file.Programme} {file.Kind}");
            var request = new ImportPatches.Request(
                file.Programme,
                file.Path,
                Map: FieldMap.Parse(file.Map),
                AreaUnit: file.AreaUnit,
                Encoding: file.Encoding,
                Reason: Reason
            );
            var report = await ImportPatches.Handle(store, Actor.Machine, request, law.Book, stop: stop);
            refused += report.RefusedCount;
            return report.TakenCount;
        }

        private async Task VisitAsync(WeipianStore store, string programme, IReadOnlyList<SampleVisit> visits)
        {
            Next($"录入实地核查 {programme}", $"recording visits of {programme}");
            await store.ActAsync(
                Actor.Machine,
                "record-visits",
                programme,
                Reason,
                async act =>
                {
                    var ids = await act.Db.Patches.Where(p => p.ProgrammeId == programme).ToDictionaryAsync(p => p.Number, p => p.Id, stop);
                    foreach (var visit in visits)
                    {
                        var brought = await Task.WhenAll(visit.Evidence.Select(BroughtAsync));
                        RecordVisit.Record(act, new(ids[visit.PatchNumber], visit.VisitedOn, visit.FormJson(), brought));
                    }
                    return 0;
                },
                stop
            );
        }

        private async Task<RecordVisit.Attachment> BroughtAsync(SampleEvidence file) =>
            new(Path.GetFileName(file.Path), file.ContentType, await File.ReadAllBytesAsync(file.Path, stop));

        private async Task<int> ProposeAsync(WeipianStore store, string programme)
        {
            var request = new ProposeVerdicts.Request(programme, Reason: Reason);
            return (await ProposeVerdicts.Handle(store, Actor.Machine, request, law, stop: stop)).Written;
        }

        private async Task SetPasswordsAsync(WeipianStore store)
        {
            var text = new StringBuilder("合成样区的席位与口令 seats and passwords of the synthetic sample\n");
            foreach (var seat in store.Plan.Seats)
            {
                var password = SeatPasswords.OneTime();
                var request = new SetSeatPassword.Request(seat.Login, password, MustChange: false, Reason);
                await SetSeatPassword.Handle(store, Actor.Machine, request, stop);
                text.Append(CultureInfo.InvariantCulture, $"  {seat.Login, -20} {password, -24} {seat.Post.Zh} {seat.Post.En}\n");
            }
            var how = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using var file = new StreamWriter(folder.SampleSeats, new UTF8Encoding(false), how);
            await file.WriteAsync(text, stop);
        }

        private void Next(string zh, string en)
        {
            done++;
            Tell(zh, en);
        }

        private void Tell(string zh, string en) => progress?.Report(new Step(done, total, zh, en));

        /// <summary>Stands where it is put, in the time of China, and runs on from there.</summary>
        private sealed class ScriptedClock : TimeProvider
        {
            private TimeSpan offset;

            public ScriptedClock() => Put(Eve);

            public void Put(DateTime local) => offset = new DateTimeOffset(local, ChinaTime.Zone.GetUtcOffset(local)) - System.GetUtcNow();

            public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
        }

        private sealed class FileSteps(IProgress<Step>? progress) : IProgress<SampleProgress>
        {
            public void Report(SampleProgress value) => progress?.Report(new Step(value.Done, value.Total, value.Zh, value.En));
        }
    }
}
