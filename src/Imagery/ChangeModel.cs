using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Weipian.Geo;

namespace Weipian.Imagery;

/// <summary>A number that a model gave: help for the eye like <see cref="ChangeSupport"/>, never a verdict.</summary>
/// <param name="Score">0 (nothing) to 1.</param>
/// <param name="Name">Name of the model's file.</param>
/// <param name="Sha256">Of that file, hexadecimal, lower case: another file is another model.</param>
public sealed record ModelAnswer(double Score, string Name, string Sha256);

/// <summary>A model of change that a user brought as an ONNX file, run on the processor; safe for several threads.</summary>
/// <remarks>
/// Agreed are: inputs <c>before</c> and <c>after</c>, float32 [1, 3, side, side], red, green, blue from 0 to 1, north up, the later image
/// laid on the earlier; side is 64, 128, 256 or 512, and 256 where the model leaves it open. Output <c>change</c>, float32: either [1, 1,
/// side, side], the probability of a change at each pixel, whose mean inside the patch is the number; or [1, 1] or [1], the number itself.
/// </remarks>
public sealed class ChangeModel : IDisposable
{
    public const long BytesMax = 512L << 20;
    private const int SideOtherwise = 256;
    private static readonly int[] Sides = [64, 128, 256, 512];
    private static readonly TimeSpan LongestOrdinarily = TimeSpan.FromSeconds(10);

    private readonly InferenceSession session;
    private readonly TimeSpan longest;

    private ChangeModel(InferenceSession session, string name, string sha256, TimeSpan longest)
    {
        (this.session, Name, Sha256, this.longest) = (session, name, sha256, longest);
        Side = SideOf(session, name);
    }

    /// <summary>Name of the file without its folder.</summary>
    public string Name { get; }

    /// <summary>Of the file, hexadecimal, lower case.</summary>
    public string Sha256 { get; }

    /// <summary>Pixels to a side of what it looks at.</summary>
    public int Side { get; }

    /// <summary>Reads a model, checks what it takes and gives, and tries it once.</summary>
    /// <param name="library">Path of ONNX Runtime's native library; null looks beside the program.</param>
    /// <param name="longest">A run that takes longer is stopped; null for ten seconds.</param>
    /// <exception cref="Problem"><c>models.*</c></exception>
    public static ChangeModel Open(string path, string? library = null, TimeSpan? longest = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = Path.GetFileName(path);
        var bytes = Bytes(path, name);
        OnnxLibrary.Require(library, AppContext.BaseDirectory);
        var model = new ChangeModel(
            Session(bytes, name),
            name,
            Convert.ToHexStringLower(SHA256.HashData(bytes)),
            longest ?? LongestOrdinarily
        );
        try
        {
            // Grey on grey: what fails for every pair fails now and not in front of a reviewer.
            var grey = new float[3 * model.Side * model.Side];
            Array.Fill(grey, 0.5f);
            model.Run(grey, grey);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The frame in which a patch is to be rendered for this model.</summary>
    public ChipFrame FrameFor(Extent degrees, double imageMetres) => ChangeSupport.FrameFor(degrees, imageMetres, Side);

    /// <summary>What the model says of two chips of one frame from <see cref="FrameFor"/>.</summary>
    /// <param name="rings">The patch in degrees: longitude, latitude, longitude …</param>
    /// <exception cref="Problem">models.output, models.too-slow</exception>
    public ModelAnswer Of(Chip before, Chip after, IReadOnlyList<double[]> rings)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Frame != after.Frame || before.Frame.Width != Side || before.Frame.Height != Side)
            throw new ArgumentException("both chips must be of one frame of this model", nameof(after));
        var (one, other) = (ChangeTones.Of(before), ChangeTones.Of(after));
        var (dx, dy, atReach) = PhaseCorrelation.Shift(one.Grey, other.Grey, Side);
        var laid = atReach ? other : other.Moved(dx, dy);
        var answer = Run(Planes(one), Planes(laid));
        var score = answer.Length == 1 ? answer[0] : Mean(answer, ChangeMask.Of(before.Frame, rings));
        return new(score, Name, Sha256);
    }

    public void Dispose() => session.Dispose();

    private static byte[] Bytes(string path, string name)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= BytesMax ? File.ReadAllBytes(path) : throw Problem.Models.Unreadable(name, $"> {BytesMax >> 20} MB");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Problem.Models.Unreadable(name, unreadable.Message);
        }
    }

    private static InferenceSession Session(byte[] bytes, string name)
    {
        using var options = new SessionOptions
        {
            // One thread: requests run beside each other, and a reviewer's clicks go before a model.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            return new InferenceSession(bytes, options);
        }
        catch (OnnxRuntimeException refused)
        {
            throw Problem.Models.NotOnnx(name, OneLine(refused.Message));
        }
    }

    private static int SideOf(InferenceSession session, string name)
    {
        try
        {
            var sides = new[] { "before", "after" }.Select(input => InputSide(session, input, name)).ToList();
            if (session.InputMetadata.Count != 2 || sides[0] != sides[1])
                throw Problem.Models.Contract(name, string.Join(", ", session.InputMetadata.Select(i => Told(i.Key, i.Value))));
            if (!session.OutputMetadata.TryGetValue("change", out var change) || change.ElementType != typeof(float))
                throw Problem.Models.Contract(name, string.Join(", ", session.OutputMetadata.Select(o => Told(o.Key, o.Value))));
            return sides[0];
        }
        catch (Problem)
        {
            session.Dispose();
            throw;
        }
    }

    private static int InputSide(InferenceSession session, string input, string name)
    {
        if (!session.InputMetadata.TryGetValue(input, out var found))
            throw Problem.Models.Contract(name, string.Join(", ", session.InputMetadata.Select(i => Told(i.Key, i.Value))));
        var shape = found.Dimensions;
        var fits =
            found.ElementType == typeof(float)
            && shape.Length == 4
            && shape[0] is 1 or -1
            && shape[1] is 3 or -1
            && shape[2] == shape[3]
            && (shape[2] < 0 || Sides.Contains(shape[2]));
        if (!fits)
            throw Problem.Models.Contract(name, Told(input, found));
        return shape[2] < 0 ? SideOtherwise : shape[2];
    }

    private static string Told(string name, NodeMetadata what) => $"{name}: {what.ElementType?.Name} [{string.Join(',', what.Dimensions)}]";

    private float[] Run(float[] before, float[] after)
    {
        int[] shape = [1, 3, Side, Side];
        NamedOnnxValue[] inputs =
        [
            NamedOnnxValue.CreateFromTensor("before", new DenseTensor<float>(before, shape)),
            NamedOnnxValue.CreateFromTensor("after", new DenseTensor<float>(after, shape)),
        ];
        using var options = new RunOptions();
        using var clock = new CancellationTokenSource(longest);
        using var stop = clock.Token.Register(() => options.Terminate = true);
        try
        {
            using var results = session.Run(inputs, ["change"], options);
            return Checked(results[0].AsTensor<float>().ToArray());
        }
        catch (OnnxRuntimeException) when (clock.IsCancellationRequested)
        {
            throw Problem.Models.TooSlow(Name, (int)Math.Ceiling(longest.TotalSeconds));
        }
        catch (OnnxRuntimeException failed)
        {
            throw Problem.Models.Output(Name, OneLine(failed.Message));
        }
    }

    private float[] Checked(float[] answer)
    {
        if (answer.Length != 1 && answer.Length != Side * Side)
            throw Problem.Models.Contract(Name, $"change: {answer.Length} ≠ 1, {Side}×{Side}");
        foreach (var value in answer)
            if (!(value is >= 0 and <= 1))
                throw Problem.Models.Output(Name, FormattableString.Invariant($"{value}"));
        return answer;
    }

    private static float[] Planes(ChangeTones tones)
    {
        var count = tones.Valid.Length;
        var planes = new float[3 * count];
        for (var b = 0; b < 3; b++)
        for (var i = 0; i < count; i++)
            planes[b * count + i] = tones.Bands[b][i] / 255;
        return planes;
    }

    private static double Mean(float[] values, bool[] inside)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < values.Length; i++)
            if (inside[i])
                (sum, count) = (sum + values[i], count + 1);
        return count == 0 ? 0 : sum / count;
    }

    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= 200 ? line : line[..200] + "…";
    }
}
