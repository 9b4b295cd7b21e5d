using NetTopologySuite.Geometries;

namespace Weipian.Sample.Land;

/// <summary>
/// The drawn district: blocks first, so that patches choose theirs, then every land-use polygon and the shapes of the units.
/// </summary>
internal sealed class District
{
    private Block? enclave;
    private Corners? corners;
    private Cutting? cutting;
    private MultiPolygon[] shapes = [];

    public District(ulong number, SampleSize size)
    {
        Size = size;
        Number = number;
        Lay = new(number, RadiusMetres(size));
        Borders = new(Lay, single: size == SampleSize.Village);
        Subdivision = new(Lay, Borders, withCity: size != SampleSize.Village);
        if (size == SampleSize.Village)
            LetTheBorderCrossABlock();
    }

    public ulong Number { get; }
    public SampleSize Size { get; }
    public Lay Lay { get; }
    public Borders Borders { get; }
    public Subdivision Subdivision { get; }

    /// <summary>The units by label; the last is that of the enclave when a block was given to it.</summary>
    public IReadOnlyList<Unit> Units =>
        Subdivision.Blocks.FirstOrDefault(b => b.Enclave is not null)?.Enclave is { } unit ? [.. Borders.Units, unit] : Borders.Units;

    /// <summary>Polygons of the units by label, EPSG:4548. After <see cref="Draw"/>.</summary>
    public IReadOnlyList<MultiPolygon> Shapes => shapes;

    /// <summary>Fills the blocks and traces the borders.</summary>
    public void Draw(CancellationToken stop)
    {
        Subdivision.Fill(stop);
        enclave = Subdivision.Blocks.FirstOrDefault(b => b.Enclave is not null);
        corners = new(Subdivision.Cells);
        cutting = new(Lay, Borders, corners);
        var units = Units;
        var trace = new UnitShapes(Lay, units.Count);
        for (var i = 0; i < Subdivision.Cells.Count; i++)
        {
            if (i % 1024 == 0)
                stop.ThrowIfCancellationRequested();
            foreach (var piece in Pieces(i))
                trace.Take(piece);
        }
        shapes = [.. Enumerable.Range(0, units.Count).Select(trace.Of)];
    }

    /// <summary>The pieces of one land-use polygon inside the district, cut at the borders of the units.</summary>
    public IEnumerable<Piece> Pieces(int cell)
    {
        var of = Subdivision.Cells[cell];
        var pieces = cutting!.Pieces(cell, of);
        return enclave is null ? pieces : pieces.Select(p => WithEnclave(p, of, enclave));
    }

    /// <summary>The pieces of a whole block, with the vertices of the land-use polygons around it.</summary>
    public IEnumerable<Piece> Pieces(Block block) =>
        cutting!.Pieces(
            -1,
            new(block.Left, block.Bottom, block.Right, block.Top, CellForm.Rectangle, 0, LandClass.Irrigated, block.Number)
        );

    /// <summary>A ring of paper on the ground, closed: interleaved easting, northing of EPSG:4548, counter-clockwise.</summary>
    public double[] Ground(Knot[] ring)
    {
        var pairs = new double[ring.Length * 2 + 2];
        for (var i = 0; i < ring.Length; i++)
            (pairs[2 * i], pairs[2 * i + 1]) = Lay.Ground(ring[i].X, ring[i].Y);
        (pairs[^2], pairs[^1]) = (pairs[0], pairs[1]);
        return pairs;
    }

    /// <summary>A village has few blocks: the border of its two units runs through the middle of one that a patch can take.</summary>
    private void LetTheBorderCrossABlock()
    {
        const int Side = 2_400;
        var block = Subdivision
            .Blocks.Where(b => b.ShorterSide > Side && b.Kind is BlockKind.Farm or BlockKind.Slope)
            .MinBy(b => (long)b.MiddleX * b.MiddleX + (long)b.MiddleY * b.MiddleY);
        if (block is not null)
            Borders.RunThrough(block.MiddleX, block.MiddleY);
    }

    private Piece WithEnclave(Piece piece, Cell cell, Block block)
    {
        if (cell.Right < block.Left || cell.Left > block.Right || cell.Top < block.Bottom || cell.Bottom > block.Top)
            return piece;
        var ring = piece.Ring.Select((k, i) => k with { Border = k.Border || OnEdge(k, piece.Ring[(i + 1) % piece.Ring.Length], block) });
        return piece with { Label = cell.Block == block.Number ? Borders.Units.Count : piece.Label, Ring = [.. ring] };
    }

    private static bool OnEdge(Knot a, Knot b, Block block)
    {
        var within = Within(a, block) && Within(b, block);
        return within
            && (
                (a.X == block.Left && b.X == block.Left)
                || (a.X == block.Right && b.X == block.Right)
                || (a.Y == block.Bottom && b.Y == block.Bottom)
                || (a.Y == block.Top && b.Y == block.Top)
            );
    }

    private static bool Within(Knot k, Block block) => k.X >= block.Left && k.X <= block.Right && k.Y >= block.Bottom && k.Y <= block.Top;

    private static double RadiusMetres(SampleSize size) =>
        size switch
        {
            SampleSize.Village => 1_900,
            SampleSize.District => 9_772,
            _ => 40_000,
        };
}
