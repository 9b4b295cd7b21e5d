using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Joins the lines that a polygon of a VCT file names into rings.</summary>
internal sealed class VctRings(IReadOnlyDictionary<long, double[]?> lineById, bool northFirst)
{
    private readonly List<double[]> rings = [];
    private readonly List<double> ring = [];

    /// <param name="references">Numbers of lines, negative when run backwards; 0 parts two rings.</param>
    public (Shape? Shape, GeometryFault? Fault) Join(IReadOnlyList<long> references)
    {
        foreach (var reference in references)
        {
            if (reference == 0)
            {
                if (ring.Count > 0)
                    return (null, Open());
                continue;
            }
            if (!lineById.TryGetValue(Math.Abs(reference), out var line))
                return (
                    null,
                    GeometryFaults.Damaged(
                        $"引用的线 {Math.Abs(reference)} 不存在",
                        $"the line {Math.Abs(reference)} that it names is not there"
                    )
                );
            if (line is null)
                return (null, GeometryFaults.Curve($"line {Math.Abs(reference)}"));
            if (!Append(line, backwards: reference < 0))
                return (
                    null,
                    GeometryFaults.Damaged(
                        $"线 {Math.Abs(reference)} 与前一条线不相接",
                        $"the line {Math.Abs(reference)} does not meet the one before it"
                    )
                );
            if (ring.Count > 6 && ring[0] == ring[^2] && ring[1] == ring[^1])
                End();
        }
        if (ring.Count > 0)
            return (null, Open());
        return rings.Count == 0 ? (null, GeometryFaults.Empty) : (new Shape(rings), null);
    }

    private static GeometryFault Open() => GeometryFaults.Damaged("引用的线没有围成闭合的圈", "the lines that it names do not close");

    private bool Append(double[] line, bool backwards)
    {
        for (var i = 0; i < line.Length; i += 2)
        {
            var at = backwards ? line.Length - 2 - i : i;
            var (x, y) = northFirst ? (line[at + 1], line[at]) : (line[at], line[at + 1]);
            if (i == 0 && ring.Count > 0)
            {
                if (ring[^2] != x || ring[^1] != y)
                    return false;
                continue;
            }
            ring.AddRange([x, y]);
        }
        return true;
    }

    private void End()
    {
        rings.Add([.. ring]);
        ring.Clear();
    }
}
