using System.Text;

namespace Weipian.Tests.Geo;

/// <summary>Reads a vector tile by the letter of its specification, so that what the product writes is not read by itself.</summary>
public static class TileReader
{
    public sealed record Feature(
        string Layer,
        long Id,
        int Type,
        IReadOnlyList<IReadOnlyList<(int X, int Y)>> Parts,
        IReadOnlyDictionary<string, string> Properties
    );

    public static IReadOnlyList<Feature> Read(byte[] tile)
    {
        var all = new List<Feature>();
        foreach (var (field, _, body) in Fields(tile))
            if (field == 3)
                all.AddRange(ReadLayer(body));
        return all;
    }

    private static IEnumerable<Feature> ReadLayer(byte[] layer)
    {
        var fields = Fields(layer).ToList();
        var name = Encoding.UTF8.GetString(fields.Single(f => f.Field == 1).Body);
        Assert.Equal(2UL, fields.Single(f => f.Field == 15).Number);
        Assert.Equal(4096UL, fields.Single(f => f.Field == 5).Number);
        var keys = fields.Where(f => f.Field == 3).Select(f => Encoding.UTF8.GetString(f.Body)).ToList();
        var values = fields.Where(f => f.Field == 4).Select(f => ValueOf(f.Body)).ToList();
        return fields.Where(f => f.Field == 2).Select(f => ReadFeature(name, f.Body, keys, values)).ToList();
    }

    private static string ValueOf(byte[] body)
    {
        var (field, number, text) = Fields(body).Single();
        return field == 1 ? Encoding.UTF8.GetString(text) : ((long)number).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Feature ReadFeature(string layer, byte[] body, List<string> keys, List<string> values)
    {
        var fields = Fields(body).ToList();
        var tags = Numbers(fields.Single(f => f.Field == 2).Body);
        var properties = tags.Chunk(2).ToDictionary(t => keys[(int)t[0]], t => values[(int)t[1]], StringComparer.Ordinal);
        return new(
            layer,
            (long)fields.Single(f => f.Field == 1).Number,
            (int)fields.Single(f => f.Field == 3).Number,
            Parts(Numbers(fields.Single(f => f.Field == 4).Body)),
            properties
        );
    }

    private static List<IReadOnlyList<(int, int)>> Parts(List<ulong> commands)
    {
        var parts = new List<IReadOnlyList<(int, int)>>();
        var part = new List<(int, int)>();
        var (x, y, at) = (0, 0, 0);
        while (at < commands.Count)
        {
            var (command, count) = ((int)(commands[at] & 7), (int)(commands[at++] >> 3));
            if (command == 7)
            {
                parts.Add(part);
                part = [];
                continue;
            }
            for (var i = 0; i < count; i++)
            {
                x += Signed(commands[at++]);
                y += Signed(commands[at++]);
                part.Add((x, y));
            }
        }
        if (part.Count > 0)
            parts.Add(part);
        return parts;
    }

    private static int Signed(ulong n) => (int)(n >> 1) ^ -(int)(n & 1);

    private static List<ulong> Numbers(byte[] packed)
    {
        var numbers = new List<ulong>();
        for (var at = 0; at < packed.Length; )
            numbers.Add(Varint(packed, ref at));
        return numbers;
    }

    private static IEnumerable<(int Field, ulong Number, byte[] Body)> Fields(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length; )
        {
            var key = Varint(bytes, ref at);
            var number = Varint(bytes, ref at);
            if ((key & 7) == 2)
            {
                yield return ((int)(key >> 3), 0, bytes[at..(at + (int)number)]);
                at += (int)number;
            }
            else
                yield return ((int)(key >> 3), number, []);
        }
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var one = bytes[at++];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
                return value;
        }
    }
}
