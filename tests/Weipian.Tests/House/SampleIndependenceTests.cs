using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Weipian.Tests.House;

/// <summary>The truth of the sample district is fixed before any rule runs: its maker knows neither rules nor the measuring
/// kernel.</summary>
public sealed class SampleIndependenceTests
{
    /// <summary>The kernel and what measures or cuts: the sample has to know its areas by its own construction.</summary>
    private static readonly string[] Kernel =
    [
        "DeskOverlay",
        "Overlap",
        "PackedLayer",
        "LayerFeature",
        "Pieces",
        "StatutoryPlane",
        "ShapePreparation",
    ];

    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "Weipian.Sample.dll");

    [Fact]
    public void The_sample_refers_to_no_assembly_with_rules()
    {
        using var pe = new PEReader(File.OpenRead(Sample));
        var metadata = pe.GetMetadataReader();
        var referred = metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)).ToList();
        Assert.DoesNotContain("Weipian.Flow", referred);
        Assert.DoesNotContain("Weipian.Law", referred);
        Assert.DoesNotContain("weipian", referred);
    }

    /// <summary>Whoever draws the images does not know how they are measured, and the other way round.</summary>
    [Fact]
    public void Who_draws_images_and_who_measures_them_know_nothing_of_each_other()
    {
        Assert.DoesNotContain("Weipian.Imagery", ReferredBy("Weipian.Sample.dll"));
        Assert.DoesNotContain("Weipian.Sample", ReferredBy("Weipian.Imagery.dll"));
        // Neither through a third: what both rest on knows neither.
        foreach (var ground in ReferredBy("Weipian.Sample.dll").Where(r => r.StartsWith("Weipian", StringComparison.Ordinal)))
            Assert.DoesNotContain("Weipian.Imagery", ReferredBy(ground + ".dll"));
    }

    private static List<string> ReferredBy(string assembly)
    {
        using var pe = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly)));
        var metadata = pe.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }

    /// <summary>Compiled references: an alias, a reflection-free trick or a <c>using static</c> does not hide them.</summary>
    [Fact]
    public void The_sample_uses_no_type_of_the_kernel()
    {
        using var pe = new PEReader(File.OpenRead(Sample));
        var metadata = pe.GetMetadataReader();
        var used = metadata
            .TypeReferences.Select(t => metadata.GetTypeReference(t))
            .Where(t => metadata.GetString(t.Namespace).StartsWith("Weipian.Geo", StringComparison.Ordinal))
            .Select(t => metadata.GetString(t.Name));
        Breaches.None(used.Intersect(Kernel));
    }

    /// <summary>A kernel type that was renamed would leave the test above without teeth.</summary>
    [Fact]
    public void The_kernel_types_that_are_kept_away_exist()
    {
        var known = typeof(Weipian.Geo.PackedLayer).Assembly.GetExportedTypes().Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        Breaches.None(Kernel.Except(known));
    }
}
