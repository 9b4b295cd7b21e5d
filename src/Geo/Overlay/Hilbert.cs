namespace Weipian.Geo;

/// <summary>Places on a Hilbert curve: neighbours in the plane become neighbours in memory.</summary>
internal static class Hilbert
{
    /// <summary>Cells along one side: 2¹⁶, so that a place fits 32 bits.</summary>
    private const int Side = 1 << 16;

    /// <summary>The place of a point of a box along the curve; points outside are taken to its border.</summary>
    public static uint PlaceOf(double x, double y, Extent box)
    {
        var column = Cell(x, box.MinX, box.MaxX);
        var row = Cell(y, box.MinY, box.MaxY);
        uint place = 0;
        for (var step = Side / 2; step > 0; step /= 2)
        {
            var right = (column & step) > 0 ? 1u : 0u;
            var upper = (row & step) > 0 ? 1u : 0u;
            place += (uint)step * (uint)step * ((3 * right) ^ upper);
            if (upper == 1)
                continue;
            // The lower quadrants run turned: mirror them before going on.
            if (right == 1)
                (column, row) = (Side - 1 - column, Side - 1 - row);
            (column, row) = (row, column);
        }
        return place;
    }

    private static int Cell(double value, double low, double high) =>
        high > low ? (int)Math.Clamp((value - low) / (high - low) * Side, 0, Side - 1) : 0;
}
