using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>The packed layer and its file.</summary>
public sealed class PackedLayerTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"weipian-{Guid.NewGuid():N}.packed");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_damaged_or_cut_file_is_refused_wherever_the_damage_is()
    {
        var bytes = Bytes();
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Equal("geometry.packed-layer-damaged", Assert.Throws<Problem>(() => PackedLayer.Read(new MemoryStream(damaged))).Code);
            var cut = bytes[..random.Next(bytes.Length)];
            Assert.Equal("geometry.packed-layer-damaged", Assert.Throws<Problem>(() => PackedLayer.Read(new MemoryStream(cut))).Code);
            File.WriteAllBytes(path, i % 2 == 0 ? damaged : cut);
            Assert.Equal("geometry.packed-layer-damaged", Assert.Throws<Problem>(() => PackedLayer.Map(path)).Code);
        }
    }

    [Fact]
    public void Another_kind_of_file_is_refused()
    {
        File.WriteAllText(path, new string('x', 5000));
        Assert.Equal("geometry.packed-layer-damaged", Assert.Throws<Problem>(() => PackedLayer.Map(path)).Code);
        File.WriteAllText(path, "");
        Assert.Equal("geometry.packed-layer-damaged", Assert.Throws<Problem>(() => PackedLayer.Map(path)).Code);
    }

    [Fact]
    public void Read_and_mapped_layers_are_the_built_one()
    {
        using var built = Coverage();
        File.WriteAllBytes(path, Bytes());
        using var read = PackedLayer.Read(new MemoryStream(Bytes()));
        using var mapped = PackedLayer.Map(path);
        foreach (var layer in new[] { read, mapped })
        {
            Assert.Equal(built.Count, layer.Count);
            Assert.Equal(["", "0101", "0201", "水田"], layer.Codes);
            for (var i = 0; i < built.Count; i++)
                Assert.Equal(
                    (built.NumberOf(i), built.CodeOf(i), built.AreaSquareMetresOf(i)),
                    (layer.NumberOf(i), layer.CodeOf(i), layer.AreaSquareMetresOf(i))
                );
            Assert.Equal(DeskOverlay.Measure(built, built), DeskOverlay.Measure(layer, layer));
        }
    }

    [Fact]
    public void The_same_features_give_the_same_bytes() => Assert.Equal(Bytes(), Bytes());

    [Fact]
    public void A_layer_may_hold_nothing_or_one_feature()
    {
        foreach (var count in new[] { 0, 1 })
        {
            using var layer = PackedLayer.Build(new JitteredCoverage(117, 36, 0.001, 1, 1, 2, 1).Features(_ => "x").Take(count));
            var stream = new MemoryStream();
            layer.Write(stream);
            stream.Position = 0;
            using var read = PackedLayer.Read(stream);
            Assert.Equal(count, read.Count);
            Assert.Equal(count, DeskOverlay.Measure(read, read).Count);
        }
    }

    [Fact]
    public void An_index_outside_the_layer_is_an_error()
    {
        using var layer = Coverage();
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.NumberOf(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.CodeOf(layer.Count));
    }

    [Fact]
    public void A_layer_that_was_disposed_of_cannot_be_used()
    {
        var layer = Coverage();
        layer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => layer.NumberOf(0));
        Assert.Throws<ObjectDisposedException>(() => DeskOverlay.Measure(layer, layer));
    }

    private static PackedLayer Coverage()
    {
        string[] codes = ["水田", "0101", "", "0201"];
        return PackedLayer.Build(new JitteredCoverage(117.7, 36.7, 0.001, 13, 11, 5, 9).Features(i => codes[i % 4]));
    }

    private static byte[] Bytes()
    {
        using var layer = Coverage();
        var stream = new MemoryStream();
        layer.Write(stream);
        return stream.ToArray();
    }
}
