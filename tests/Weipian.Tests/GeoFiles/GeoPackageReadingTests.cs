using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>GeoPackages: our own, GDAL's, and geometry in every form WKB has.</summary>
public sealed class GeoPackageReadingTests : IDisposable
{
    private static readonly double[] Ring = [117.8, 36.8, 117.9, 36.8, 117.9, 36.9, 117.8, 36.8];

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Reading_back_gives_the_values_that_were_written()
    {
        GeoPackageWriter.Write(scratch["a.gpkg"], "卫片图斑", Drawn.Fields, Drawn.Features(3), Drawn.Cgcs2000);
        using var file = SourceFile.Open(scratch["a.gpkg"]);
        var layer = file.Layer(null);
        Assert.Equal("卫片图斑", layer.Name);
        Assert.Equal(4490, layer.Epsg);
        Assert.Equal(3, layer.Count);
        Assert.Equal(["fid", .. Drawn.Fields.Select(field => field.Name)], layer.Fields.Select(field => field.Name));
        var second = layer.Read().ElementAt(1);
        Assert.Equal("周村区", second.Values["xmc"]);
        Assert.Equal(13.5, second.Values["JCMJ"]);
        Assert.Equal(new DateOnly(2018, 3, 2), second.Values["QSX"]);
        Assert.Equal(false, second.Values["SFYN"]);
        Assert.Equal(2, second.Shape!.Rings.Count);
    }

    [Fact]
    public void Reading_writes_nothing_beside_the_file()
    {
        GeoPackageWriter.Write(scratch["图 斑%#?.gpkg"], "t", Drawn.Fields, Drawn.Features(3), Drawn.Cgcs2000);
        File.SetAttributes(scratch["图 斑%#?.gpkg"], FileAttributes.ReadOnly);
        using var file = SourceFile.Open(scratch["图 斑%#?.gpkg"]);
        foreach (var _ in file.Layer(null).Read())
            Assert.Equal(["图 斑%#?.gpkg"], scratch.Names);
    }

    [Fact]
    public void A_file_of_GDAL_with_three_dimensions_is_read()
    {
        File.WriteAllText(
            scratch["z.csv"],
            "id,WKT\n1,\"POLYGON Z ((117.8 36.8 5,117.9 36.8 5,117.9 36.9 5,117.8 36.8 5))\"\n2,\"MULTIPOLYGON ZM (((117.8 36.8 5 1,117.9 36.8 5 2,117.9 36.9 5 3,117.8 36.8 5 4)))\"\n"
        );
        Gdal.Run(
            "ogr2ogr",
            "-f",
            "GPKG",
            scratch["z.gpkg"],
            scratch["z.csv"],
            "-a_srs",
            "EPSG:4490",
            "-oo",
            "GEOM_POSSIBLE_NAMES=WKT",
            "-nlt",
            "GEOMETRYZM"
        );
        using var file = SourceFile.Open(scratch["z.gpkg"]);
        Assert.All(file.Layer(null).Read(), feature => Assert.Equal(Ring, Assert.Single(feature.Shape!.Rings)));
    }

    [Theory]
    [InlineData(3u, true, 2)]
    [InlineData(3u, false, 2)]
    [InlineData(1003u, true, 3)] // ISO Z
    [InlineData(2003u, false, 3)] // ISO M
    [InlineData(3003u, true, 4)] // ISO ZM
    [InlineData(0x80000003u, true, 3)] // EWKB Z
    [InlineData(0xC0000003u, false, 4)] // EWKB ZM
    [InlineData(0x20000003u, true, 2)] // EWKB with SRID
    [InlineData(17u, true, 2)] // Triangle
    public void Every_kind_of_polygon_is_read_in_either_byte_order(uint type, bool littleEndian, int dimensions)
    {
        var wkb = new WkbBytes(littleEndian).Begin(type);
        if ((type & 0x20000000) != 0)
            wkb.UInt32(4490);
        wkb.UInt32(1).Points(Ring, dimensions);
        Assert.Equal(Ring, Assert.Single(Read(wkb).Shape!.Rings));
    }

    [Fact]
    public void A_collection_gives_the_rings_of_its_polygons()
    {
        var wkb = new WkbBytes(true)
            .Begin(7)
            .UInt32(2)
            .Begin(3)
            .UInt32(1)
            .Points(Ring, 2)
            .Begin(6)
            .UInt32(1)
            .Begin(3)
            .UInt32(1)
            .Points(Ring, 2);
        Assert.Equal(2, Read(wkb).Shape!.Rings.Count);
    }

    [Theory]
    [InlineData(8u, "CIRCULARSTRING")]
    [InlineData(10u, "CURVEPOLYGON")]
    [InlineData(12u, "MULTISURFACE")]
    [InlineData(1010u, "CURVEPOLYGON")]
    public void Curves_are_refused_by_name(uint type, string name)
    {
        var fault = Read(new WkbBytes(true).Begin(type).UInt32(0)).GeometryFault!;
        Assert.Equal("curve", fault.Kind);
        Assert.Contains(name, fault.En, StringComparison.Ordinal);
        Assert.Contains(name, fault.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1u, "not-polygon")]
    [InlineData(2u, "not-polygon")]
    [InlineData(99u, "damaged")]
    [InlineData(5003u, "damaged")]
    public void Other_types_are_told(uint type, string kind) =>
        Assert.Equal(kind, Read(new WkbBytes(true).Begin(type).UInt32(0)).GeometryFault!.Kind);

    [Fact]
    public void An_empty_polygon_is_told() => Assert.Equal("empty", Read(new WkbBytes(true).Begin(3).UInt32(0)).GeometryFault!.Kind);

    [Fact]
    public void A_count_larger_than_the_blob_is_not_believed()
    {
        Assert.Equal("damaged", Read(new WkbBytes(true).Begin(3).UInt32(0x7FFFFFFF)).GeometryFault!.Kind);
        Assert.Equal("damaged", Read(new WkbBytes(true).Begin(3).UInt32(1).UInt32(0x0FFFFFFF)).GeometryFault!.Kind);
        Assert.Equal("damaged", Read(new WkbBytes(true).Begin(6).UInt32(0xFFFFFFFF)).GeometryFault!.Kind);
    }

    [Fact]
    public void Collections_nested_without_end_are_told()
    {
        var wkb = new WkbBytes(true);
        for (var i = 0; i < 10_000; i++)
            wkb.Begin(7).UInt32(1);
        Assert.Equal("damaged", Read(wkb).GeometryFault!.Kind);
    }

    [Theory]
    [InlineData("Oregon.gpkg", "land", 1, "polygon")]
    [InlineData("shared_vs_unshared_paths.gpkg", "counties", 36, "polygon")]
    [InlineData("shared_vs_unshared_paths.gpkg", "roads", 121, "line")]
    [InlineData("data_only_tables.gpkg", "oregon_cities", 5, "none")]
    [InlineData("null_crs_gdal.gpkg", "land", 1, "polygon")]
    public void Geopackages_of_the_corpora_are_read(string name, string layer, int count, string kind)
    {
        using var file = SourceFile.Open(SharedData.Require($"corpora/shapefiles/mapshaper/geopackage/{name}"));
        Assert.Equal(count, file.Layer(layer).Read().Count());
        Assert.Equal(count, file.Layer(layer).Count);
        Assert.Equal(kind, file.Layer(layer).GeometryKind);
    }

    [Fact]
    public void The_land_use_of_Liechtenstein_is_picked_by_condition()
    {
        using var file = SourceFile.Open(SharedData.Require("real/liechtenstein/osm-later.gpkg"));
        Assert.Equal(23_627, file.Layer("multipolygons").Count);
        Assert.Equal(3_149, file.Layer("multipolygons").Read("landuse IS NOT NULL").Count());
    }

    /// <summary>The one feature of a GeoPackage whose geometry is these bytes.</summary>
    private SourceFeature Read(WkbBytes wkb)
    {
        GeoPackageWriter.Write(scratch["w.gpkg"], "t", [], [new([], [])], Drawn.Cgcs2000);
        using (var connection = new SqliteConnection($"Data Source={scratch["w.gpkg"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            foreach (var trigger in (string[])["insert", "update1", "update2", "update3", "update4", "delete"])
            {
                command.CommandText = $"DROP TRIGGER rtree_t_geom_{trigger}";
                command.ExecuteNonQuery();
            }
            command.CommandText = "UPDATE t SET geom = $blob";
            command.Parameters.AddWithValue("$blob", (byte[])[(byte)'G', (byte)'P', 0, 1, 0, 0, 0, 0, .. wkb.Bytes]);
            command.ExecuteNonQuery();
        }
        using var file = SourceFile.Open(scratch["w.gpkg"]);
        return Assert.Single(file.Layer(null).Read());
    }

    /// <summary>Writes WKB piece by piece.</summary>
    private sealed class WkbBytes(bool littleEndian)
    {
        public List<byte> Bytes { get; } = [];

        public WkbBytes Begin(uint type)
        {
            Bytes.Add(littleEndian ? (byte)1 : (byte)0);
            return UInt32(type);
        }

        public WkbBytes UInt32(uint value)
        {
            var bytes = new byte[4];
            if (littleEndian)
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            else
                BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            Bytes.AddRange(bytes);
            return this;
        }

        public WkbBytes Points(double[] ring, int dimensions)
        {
            UInt32((uint)ring.Length / 2);
            for (var i = 0; i < ring.Length; i += 2)
            for (var d = 0; d < dimensions; d++)
            {
                var bytes = BitConverter.GetBytes(d < 2 ? ring[i + d] : 7.5);
                Bytes.AddRange(littleEndian ? bytes : bytes.Reverse());
            }
            return this;
        }
    }
}
