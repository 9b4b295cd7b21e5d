using System.Text;

namespace Weipian.Tests.Imagery;

/// <summary>Writes tiny ONNX models byte by byte (protocol buffers, the messages of onnx.proto), without a library.</summary>
internal sealed record OnnxMaker
{
    private const int Float = 1;
    private const int Bool = 9;
    private const int Int64 = 7;

    /// <summary>Sides of the inputs; −1 leaves them open.</summary>
    public int Side { get; init; } = 64;

    /// <summary>Channels of the inputs; three are agreed.</summary>
    public int Channels { get; init; } = 3;

    public string Before { get; init; } = "before";

    public string Output { get; init; } = "change";

    /// <summary>What the model does.</summary>
    public Kind Does { get; init; } = Kind.Difference;

    public enum Kind
    {
        /// <summary>Four times the mean difference of the colours, at most 1, at each pixel.</summary>
        Difference,

        /// <summary>The mean of that over all pixels: one number.</summary>
        OneNumber,

        /// <summary>Nothing by nothing.</summary>
        NotANumber,

        /// <summary>Four hundred times the difference, not held below 1.</summary>
        BeyondOne,

        /// <summary>Turns until somebody stops it.</summary>
        Endless,

        /// <summary>Every second pixel: another shape than agreed.</summary>
        OtherShape,
    }

    public byte[] Bytes() =>
        Message(
            Number(1, 8),
            Part(2, "weipian tests"u8.ToArray()),
            Part(7, Graph()),
            // Version 13 of the operators.
            Part(8, Message(Part(1, []), Number(2, 13)))
        );

    private byte[] Graph() =>
        Message([
            .. Nodes().Select(n => Part(1, n)),
            Part(2, "change"u8.ToArray()),
            Part(5, Scalar("factor", Does == Kind.BeyondOne ? 400 : 4)),
            Part(5, Scalar("zero", 0)),
            Part(5, Scalar("one", 1)),
            Part(5, Long("turns", long.MaxValue)),
            Part(5, True("go-on")),
            Part(11, Value(Before, Float, 1, Channels, Side, Side)),
            Part(11, Value("after", Float, 1, Channels, Side, Side)),
            Part(12, Does == Kind.OneNumber ? Value(Output, Float, 1, 1) : Value(Output, Float)),
        ]);

    private IEnumerable<byte[]> Nodes()
    {
        yield return Node("Sub", [Before, "after"], ["difference"]);
        yield return Node("Abs", ["difference"], ["size"]);
        yield return Node("ReduceMean", ["size"], ["mean"], Whole("axes", 1), Whole("keepdims", 1, single: true));
        yield return Node("Mul", ["mean", "factor"], ["scaled"]);
        yield return Node("Clip", ["scaled", "zero", "one"], ["held"]);
        switch (Does)
        {
            case Kind.OneNumber:
                yield return Node("ReduceMean", ["held"], ["mean-of-all"], Whole("axes", 2, 3), Whole("keepdims", 0, single: true));
                yield return Node("Identity", ["mean-of-all"], [Output]);
                break;
            case Kind.NotANumber:
                yield return Node("Sub", ["held", "held"], ["nothing"]);
                yield return Node("Div", ["nothing", "nothing"], [Output]);
                break;
            case Kind.BeyondOne:
                yield return Node("Add", ["scaled", "factor"], [Output]);
                break;
            case Kind.Endless:
                yield return Node("Loop", ["turns", "go-on", "held"], [Output], Endless());
                break;
            case Kind.OtherShape:
                yield return Node("AveragePool", ["held"], [Output], Whole("kernel_shape", 2, 2), Whole("strides", 2, 2));
                break;
            default:
                yield return Node("Identity", ["held"], [Output]);
                break;
        }
    }

    /// <summary>An attribute that holds the body of the loop: it goes on, and carries what it has.</summary>
    private static byte[] Endless() =>
        Message(
            Part(1, "body"u8.ToArray()),
            Number(20, 5),
            Part(
                6,
                Message(
                    Part(1, Node("Identity", ["still"], ["still-then"])),
                    Part(1, Node("Mul", ["carried", "carried"], ["carried-then"])),
                    Part(2, "body"u8.ToArray()),
                    Part(11, Alone("turn", Int64)),
                    Part(11, Alone("still", Bool)),
                    Part(11, Value("carried", Float)),
                    Part(12, Alone("still-then", Bool)),
                    Part(12, Value("carried-then", Float))
                )
            )
        );

    private static byte[] Node(string operation, string[] inputs, string[] outputs, params byte[][] attributes) =>
        Message([
            .. inputs.Select(i => Part(1, Encoding.UTF8.GetBytes(i))),
            .. outputs.Select(o => Part(2, Encoding.UTF8.GetBytes(o))),
            Part(4, Encoding.UTF8.GetBytes(operation)),
            .. attributes.Select(a => Part(5, a)),
        ]);

    /// <summary>An attribute of whole numbers, or of one.</summary>
    private static byte[] Whole(string name, long first, long? second = null, bool single = false) =>
        single
            ? Message(Part(1, Encoding.UTF8.GetBytes(name)), Number(3, first), Number(20, 2))
            : Message([
                Part(1, Encoding.UTF8.GetBytes(name)),
                Number(8, first),
                .. second is { } more ? new[] { Number(8, more) } : [],
                Number(20, 7),
            ]);

    private static byte[] Scalar(string name, float value) =>
        Message(Number(2, Float), Part(8, Encoding.UTF8.GetBytes(name)), Part(9, BitConverter.GetBytes(value)));

    private static byte[] Long(string name, long value) =>
        Message(Number(2, Int64), Part(8, Encoding.UTF8.GetBytes(name)), Part(9, BitConverter.GetBytes(value)));

    private static byte[] True(string name) => Message(Number(2, Bool), Part(8, Encoding.UTF8.GetBytes(name)), Part(9, [1]));

    /// <summary>A named value and its shape; without sides the shape is not said.</summary>
    private static byte[] Value(string name, int type, params int[] shape)
    {
        var sides = shape.Select(side => Part(1, side < 0 ? Part(2, "n"u8.ToArray()) : Number(1, side)));
        byte[][] tensor = [Number(1, type), .. shape.Length > 0 ? new[] { Part(2, Message([.. sides])) } : []];
        return Message(Part(1, Encoding.UTF8.GetBytes(name)), Part(2, Message(Part(1, Message(tensor)))));
    }

    /// <summary>A named value without sides: its shape is said and empty.</summary>
    private static byte[] Alone(string name, int type) =>
        Message(Part(1, Encoding.UTF8.GetBytes(name)), Part(2, Message(Part(1, Message(Number(1, type), Part(2, []))))));

    private static byte[] Message(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    private static byte[] Number(int field, long value) => [.. Varint((long)field << 3), .. Varint(value)];

    private static byte[] Part(int field, byte[] content) => [.. Varint((long)field << 3 | 2), .. Varint(content.Length), .. content];

    private static List<byte> Varint(long value)
    {
        var (bytes, left) = (new List<byte>(), (ulong)value);
        do
        {
            bytes.Add((byte)(left & 0x7F | (left > 0x7F ? 0x80u : 0)));
            left >>= 7;
        } while (left > 0);
        return bytes;
    }
}
