using CsCheck;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Whatever bytes come, a reader answers with features or with one refusal: no other exception, no end of memory, no
/// hang.</summary>
public sealed class HostileBytesTests : IDisposable
{
    private static readonly int Tries = Environment.GetEnvironmentVariable("WEIPIAN_LONG") == "1" ? 20_000 : 300;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    /// <summary>Bytes changed, cut off or doubled at random places.</summary>
    private static Gen<byte[]> Mutated(byte[] sound) =>
        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte, Gen.Int[0, 9])
            .Array[1, 12]
            .Select(changes =>
            {
                var bytes = (byte[])sound.Clone();
                foreach (var (at, value, kind) in changes)
                    if (kind == 0)
                        bytes = bytes[..Math.Max(1, at % (bytes.Length + 1))];
                    else if (at < bytes.Length)
                        bytes[at] =
                            kind < 4 ? (byte)(bytes[at] ^ (1 << (value % 8)))
                            : kind < 6 ? (byte)0xFF
                            : value;
                return bytes;
            });

    private void Survives(byte[] sound, string name, params (string Name, byte[] Bytes)[] beside)
    {
        foreach (var (other, bytes) in beside)
            File.WriteAllBytes(scratch[other], bytes);
        Mutated(sound).Sample(bytes => Read(name, bytes), iter: Tries, threads: 1, print: bytes => Convert.ToBase64String(bytes));
    }

    private bool Read(string name, byte[] bytes)
    {
        File.WriteAllBytes(scratch[name], bytes);
        var clock = TimeProvider.System.GetTimestamp();
        try
        {
            using var file = SourceFile.Open(scratch["a." + (name.EndsWith("zip", StringComparison.Ordinal) ? "zip" : Whole(name))]);
            foreach (var layer in file.Layers)
                _ = (layer.Read().Count(), layer.Extent, layer.Count);
        }
        catch (Problem problem)
        {
            Assert.StartsWith("files.", problem.Code, StringComparison.Ordinal);
        }
        return TimeProvider.System.GetElapsedTime(clock) < Longest;
    }

    /// <summary>The file to open when a part of it was changed.</summary>
    private static string Whole(string name) =>
        Path.GetExtension(name) is ".shx" or ".dbf" or ".cpg" or ".prj" ? "shp" : Path.GetExtension(name)[1..];

    private (byte[] Shp, byte[] Shx, byte[] Dbf) Shapefile()
    {
        ShapefileWriter.Write(scratch["s.shp"], "s", Drawn.Fields, Drawn.Features(5), Drawn.Cgcs2000);
        return (File.ReadAllBytes(scratch["s.shp"]), File.ReadAllBytes(scratch["s.shx"]), File.ReadAllBytes(scratch["s.dbf"]));
    }

    [Fact]
    public void Of_a_shp()
    {
        var (shp, shx, dbf) = Shapefile();
        Survives(shp, "a.shp", ("a.shx", shx), ("a.dbf", dbf));
    }

    [Fact]
    public void Of_a_shp_without_index() => Survives(Shapefile().Shp, "a.shp");

    [Fact]
    public void Of_a_shx()
    {
        var (shp, shx, _) = Shapefile();
        Survives(shx, "a.shx", ("a.shp", shp));
    }

    [Fact]
    public void Of_a_dbf()
    {
        var (shp, shx, dbf) = Shapefile();
        Survives(dbf, "a.dbf", ("a.shp", shp), ("a.shx", shx));
    }

    [Fact]
    public void Of_a_zip()
    {
        ShapefileWriter.Write(scratch["s.zip"], "s", Drawn.Fields, Drawn.Features(5), Drawn.Cgcs2000);
        Survives(File.ReadAllBytes(scratch["s.zip"]), "a.zip");
    }

    [Fact]
    public void Of_a_geopackage()
    {
        GeoPackageWriter.Write(scratch["s.gpkg"], "s", Drawn.Fields, Drawn.Features(200), Drawn.Cgcs2000);
        Survives(File.ReadAllBytes(scratch["s.gpkg"]), "a.gpkg");
    }

    [Fact]
    public void Of_a_GeoJson()
    {
        GeoJsonWriter.Write(scratch["s.geojson"], "s", Drawn.Fields, Drawn.Features(5));
        Survives(File.ReadAllBytes(scratch["s.geojson"]), "a.geojson");
    }
}
