using Weipian.Geo;
using Weipian.Imagery;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Imagery;

/// <summary>Models that somebody brings: refused by name when they are bad, stamped with name and hash when they answer.</summary>
public sealed class ChangeModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Written(OnnxMaker made, string name = "model.onnx")
    {
        var path = folder.File(name);
        File.WriteAllBytes(path, made.Bytes());
        return path;
    }

    private static Problem Refused(string path, TimeSpan? longest = null)
    {
        var refused = Assert.Throws<Problem>(() => ChangeModel.Open(path, longest: longest).Dispose());
        Assert.Contains(Path.GetFileName(path), refused.Chinese, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(path), refused.English, StringComparison.Ordinal);
        return refused;
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        Assert.Equal("models.unreadable", Refused(folder.File("nowhere.onnx")).Code);
        var letter = folder.File("letter.onnx");
        File.WriteAllText(letter, "a letter, and not a short one");
        Assert.Equal("models.not-onnx", Refused(letter).Code);
        var cut = folder.File("cut.onnx");
        File.WriteAllBytes(cut, new OnnxMaker().Bytes()[..^40]);
        Assert.Equal("models.not-onnx", Refused(cut).Code);
    }

    [Fact]
    public void Inputs_or_outputs_that_were_not_agreed_are_refused()
    {
        Assert.Contains("earlier", ContractOf(new() { Before = "earlier" }), StringComparison.Ordinal);
        Assert.Contains("[1,4,64,64]", ContractOf(new() { Channels = 4 }), StringComparison.Ordinal);
        Assert.Contains("[1,3,100,100]", ContractOf(new() { Side = 100 }), StringComparison.Ordinal);
        Assert.Contains("answer", ContractOf(new() { Output = "answer" }), StringComparison.Ordinal);
        Assert.Contains("1024", ContractOf(new() { Does = OnnxMaker.Kind.OtherShape }), StringComparison.Ordinal);
    }

    private string ContractOf(OnnxMaker made)
    {
        var refused = Refused(Written(made));
        Assert.Equal("models.contract", refused.Code);
        return refused.English;
    }

    [Theory]
    [InlineData(OnnxMaker.Kind.NotANumber, "NaN")]
    [InlineData(OnnxMaker.Kind.BeyondOne, "400")]
    public void What_is_no_probability_is_refused(object kind, string told)
    {
        var refused = Refused(Written(new() { Does = (OnnxMaker.Kind)kind }));
        Assert.Equal("models.output", refused.Code);
        Assert.Contains(told, refused.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_end_is_stopped()
    {
        var path = Written(new() { Does = OnnxMaker.Kind.Endless });
        var refused = Refused(path, TimeSpan.FromMilliseconds(300));
        Assert.True(refused.Code == "models.too-slow", refused.English);
    }

    [Fact]
    public void Without_the_library_the_sentence_names_the_package()
    {
        Assert.Equal([folder.File("lib.so")], OnnxLibrary.Places(folder.File("lib.so"), "/program"));
        Assert.Equal(2, OnnxLibrary.Places(null, "/program").Count);
        var refused = Problem.Models.RuntimeMissing(OnnxLibrary.Places(null, "/program")[0], OnnxLibrary.Version);
        Assert.Contains("Microsoft.ML.OnnxRuntime " + OnnxLibrary.Version, refused.English, StringComparison.Ordinal);
        Assert.Contains("WEIPIAN_ONNX_RUNTIME", refused.Chinese, StringComparison.Ordinal);
    }

    /// <summary>The two halves must be of one version, and the refusal must name the one that is built in.</summary>
    [Fact]
    public void The_version_that_is_named_is_the_one_that_is_built_in()
    {
        var packages = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props"));
        Assert.Contains($"\"Microsoft.ML.OnnxRuntime.Managed\" Version=\"{OnnxLibrary.Version}\"", packages, StringComparison.Ordinal);
        Assert.Contains($"\"Microsoft.ML.OnnxRuntime\" Version=\"{OnnxLibrary.Version}\"", packages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(-1, 256)]
    public void The_number_is_the_mean_inside_the_patch_and_carries_name_and_hash(int side, int expected)
    {
        var path = Written(new() { Side = side }, "tiny.onnx");
        using var model = ChangeModel.Open(path);
        Assert.Equal(expected, model.Side);
        // A square of 40 m that became brighter by 50 of 255 in all three bands: 4 × 50 / 255.
        var answer = Ask(model, (x, y) => x is >= 80 and < 120 && y is >= 70 and < 110 ? 50 : 0);
        Assert.Equal("tiny.onnx", answer.Name);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))), answer.Sha256);
        Assert.Equal(4 * 50 / 255.0, answer.Score, 0.05);
        Assert.Equal(0, Ask(model, (_, _) => 0).Score, 0.01);
    }

    [Fact]
    public void A_model_may_answer_with_one_number()
    {
        using var model = ChangeModel.Open(Written(new() { Does = OnnxMaker.Kind.OneNumber }));
        Assert.Equal(4 * 25 / 255.0, Ask(model, (_, _) => 25).Score, 0.02);
    }

    /// <summary>Ground with hills of tone, the same with something more on it, and a square patch of 40 m in the middle.</summary>
    private static ModelAnswer Ask(ChangeModel model, Func<int, int, int> more)
    {
        static int Ground(int x, int y) => 90 + (int)(30 * Math.Sin(x / 3.0) * Math.Cos(y / 4.0)) + (x * 7 + y * 13) % 5;
        var first = new TiffMaker
        {
            Width = 200,
            Height = 180,
            At = (x, y, _) => Ground(x, y),
        };
        var later = first with { At = (x, y, _) => Ground(x, y) + more(x, y) };
        using var before = GeoTiff.Open(new MemoryStream(first.Bytes()), "before.tif");
        using var after = GeoTiff.Open(new MemoryStream(later.Bytes()), "after.tif");
        var (west, north) = before.Place.ToGeographic(80, 70);
        var (east, south) = before.Place.ToGeographic(120, 110);
        var frame = model.FrameFor(new Extent(west, south, east, north), 1);
        double[][] rings =
        [
            [west, south, east, south, east, north, west, north],
        ];
        return model.Of(Chip.Render(before, frame), Chip.Render(after, frame), rings);
    }
}
