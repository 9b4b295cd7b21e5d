using Weipian.Geo;

namespace Weipian.Imagery;

/// <summary>What a chip shows: an upright box of a coordinate system on a grid of pixels, north up.</summary>
/// <param name="System">EPSG:4490, or a Gauss–Krüger zone where squares are to look square.</param>
/// <param name="Box">In the units of the system.</param>
public sealed record ChipFrame(CoordinateSystem System, Extent Box, int Width, int Height)
{
    /// <summary>Degrees CGCS2000 of a place of the chip, counted from its upper left corner.</summary>
    public (double Longitude, double Latitude) ToGeographic(double x, double y) =>
        System.ToGeographic(Box.MinX + x / Width * (Box.MaxX - Box.MinX), Box.MaxY - y / Height * (Box.MaxY - Box.MinY));

    /// <summary>The place of the chip with these degrees CGCS2000.</summary>
    public (double X, double Y) FromGeographic(double longitude, double latitude)
    {
        var (x, y) = System.FromGeographic(longitude, latitude);
        return ((x - Box.MinX) / (Box.MaxX - Box.MinX) * Width, (Box.MaxY - y) / (Box.MaxY - Box.MinY) * Height);
    }

    /// <summary>A square around a box given in degrees, in the plane of the 3-degree belt of its middle.</summary>
    /// <param name="room">How many times its longer side the square is wide.</param>
    /// <param name="roomMetres">And so much more.</param>
    public static ChipFrame Around(Extent degrees, double room, double roomMetres, int pixels)
    {
        var (longitude, latitude) = ((degrees.MinX + degrees.MaxX) / 2, (degrees.MinY + degrees.MaxY) / 2);
        var plane = PlaneOf(longitude);
        var (x, y) = plane.FromGeographic(longitude, latitude);
        var (right, top) = plane.FromGeographic(degrees.MaxX, degrees.MaxY);
        var (left, bottom) = plane.FromGeographic(degrees.MinX, degrees.MinY);
        var half = Math.Max(right - left, top - bottom) * room / 2 + roomMetres;
        return new(plane, new(x - half, y - half, x + half, y + half), pixels, pixels);
    }

    /// <summary>The plane of the 3-degree belt that holds a longitude: eastings without a zone number.</summary>
    public static CoordinateSystem PlaneOf(double longitude)
    {
        const int FirstMeridian = 75;
        const int FirstCode = 4534;
        const int LastCode = 4554;
        var belt = (int)Math.Round(longitude / 3) - FirstMeridian / 3;
        return CoordinateSystem.FromEpsg(Math.Clamp(FirstCode + belt, FirstCode, LastCode));
    }
}
