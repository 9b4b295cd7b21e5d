using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weipian.Tests.House;

/// <summary>Who may know whom: the ground knows no flow, a stage knows earlier stages only.</summary>
public sealed class StageOrderTests
{
    /// <summary>Namespaces of <c>src/Flow</c> by the digit that opens the folder of their files: Intake is 1, Comparison is 2.</summary>
    private static readonly Dictionary<string, int> Stages = (
        from file in SourceTree.Under("src/Flow/")
        let stage = StageOf(file.Path)
        where stage is not null
        from space in file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        let part = space.Name.ToString().Split('.')
        where part.Length > 2
        select (Name: part[2], Stage: stage.Value)
    )
        .OrderBy(s => s.Stage)
        .DistinctBy(s => s.Name)
        .ToDictionary(s => s.Name, s => s.Stage, StringComparer.Ordinal);

    /// <summary>What each project may refer to, by name; a project that is not listed may refer to nothing of ours.</summary>
    private static readonly Dictionary<string, string[]> MayReferTo = new(StringComparer.Ordinal)
    {
        ["Refusals"] = [],
        ["Law"] = ["Refusals"],
        ["Geo"] = ["Refusals"],
        ["Evidence"] = ["Refusals", "Geo"],
        ["GeoFiles"] = ["Refusals", "Geo"],
        ["Imagery"] = ["Refusals", "Geo"],
        ["Flow"] = ["Refusals", "Law", "Geo", "GeoFiles", "Imagery", "Evidence"],
        ["Sample"] = ["Refusals", "GeoFiles"],
        ["Field"] = ["Refusals", "Law", "Geo", "Evidence"],
        ["Web"] = ["Refusals", "Law", "Geo", "GeoFiles", "Imagery", "Evidence", "Flow", "Sample"],
    };

    [Fact]
    public void A_project_refers_only_to_what_it_stands_on()
    {
        var breaches =
            from file in SourceTree.Files
            where Regex.IsMatch(file, @"^src/\w+/[\w.]+\.csproj$")
            let project = file.Split('/')[1]
            from reference in XDocument.Load(SourceTree.Full(file)).Descendants("ProjectReference")
            let to = Regex.Match(reference.Attribute("Include")!.Value, @"\.\./(\w+)/").Groups[1].Value
            where !MayReferTo.GetValueOrDefault(project, []).Contains(to)
            select $"{file}: refers to {to}";
        Breaches.None(breaches);
    }

    [Fact]
    public void A_stage_uses_earlier_stages_and_never_later_ones()
    {
        Assert.NotEmpty(Stages);
        var breaches =
            from file in SourceTree.Under("src/Flow/")
            let own = StageOf(file.Path)
            where own is not null
            from used in NamespacesUsed(file)
            where Stages.TryGetValue(used.Stage, out var stage) && stage > own
            select $"{used.At}: stage {own} uses {used.Stage}, which comes later";
        Breaches.None(breaches);
    }

    [Fact]
    public void The_plan_knows_no_stage_and_no_store()
    {
        var breaches =
            from file in SourceTree.Under("src/Flow/Plan/")
            from used in NamespacesUsed(file)
            where used.Stage != "Plan"
            select $"{used.At}: the plan uses {used.Stage}";
        Breaches.None(breaches);
    }

    [Fact]
    public void A_namespace_says_its_folder_without_the_digit()
    {
        var breaches =
            from file in SourceTree.Under("src/")
            from space in file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
            let folder = Regex.Replace(Path.GetDirectoryName(file.Path)!.Replace('\\', '/')["src/".Length..], @"/\d-", "/")
            let parts = folder.Split('/')
            let root = parts[0] == "Refusals" ? "Weipian" : $"Weipian.{parts[0]}"
            // A project may keep one namespace over its folders; a stage of the flow may not hide in another.
            // A plural is the same name: a type is called Determination, so its namespace cannot be.
            let expected = parts[0] == "Flow" && parts.Length > 1 ? $"{root}.{parts[1]}" : root
            where !Regex.IsMatch(space.Name.ToString(), $@"^{Regex.Escape(expected)}s?(\.|$)")
            select $"{file.At(space)}: namespace {space.Name} in {folder}";
        Breaches.None(breaches);
    }

    [Theory]
    [InlineData("src/Law/", "Weipian.Geo")]
    [InlineData("src/Geo/", "Weipian.Law")]
    [InlineData("src/GeoFiles/", "Weipian.Law")]
    [InlineData("src/Imagery/", "Weipian.GeoFiles")]
    [InlineData("src/Sample/", "Weipian.Imagery")]
    [InlineData("src/Evidence/", "Weipian.Flow")]
    [InlineData("src/Field/", "Weipian.Flow")]
    public void Some_do_not_know_each_other(string folder, string stranger)
    {
        var breaches =
            from file in SourceTree.Under(folder)
            from name in file.Root.DescendantNodes().OfType<NameSyntax>()
            where name.ToString() == stranger || name.ToString().StartsWith(stranger + ".", StringComparison.Ordinal)
            select $"{file.At(name)}: {name}";
        Breaches.None(breaches);
    }

    /// <summary>The ground runs on a phone too: no database, no web, no clock.</summary>
    [Theory]
    [InlineData("src/Law/")]
    [InlineData("src/Geo/")]
    [InlineData("src/Imagery/")]
    [InlineData("src/Evidence/")]
    public void The_ground_has_no_database_no_web_and_no_clock(string folder)
    {
        string[] foreign = ["Microsoft.EntityFrameworkCore", "Microsoft.Data", "Microsoft.AspNetCore", "Npgsql", "System.Net.Http"];
        string[] clocks = ["TimeProvider", "Stopwatch"];
        var breaches =
            from file in SourceTree.Under(folder)
            from name in file.Root.DescendantNodes().OfType<NameSyntax>()
            let text = name.ToString()
            where foreign.Any(f => text == f || text.StartsWith(f + ".", StringComparison.Ordinal)) || clocks.Contains(text)
            select $"{file.At(name)}: {text}";
        Breaches.None(breaches);
    }

    private static int? StageOf(string path) =>
        Regex.Match(path, @"^src/Flow/(\d)-") is { Success: true } m ? int.Parse(m.Groups[1].Value) : null;

    /// <summary>Every <c>Weipian.Flow.X</c> that a file names, in a using line or in full.</summary>
    private static IEnumerable<(string Stage, string At)> NamespacesUsed(SourceFile file) =>
        file
            .Root.DescendantNodes()
            .OfType<QualifiedNameSyntax>()
            .Where(n => n.Parent is not BaseNamespaceDeclarationSyntax and not QualifiedNameSyntax)
            .Select(n => (n.ToString(), file.At(n)))
            .Concat(file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Select(n => (n.ToString(), file.At(n))))
            .Select(u => (Regex.Match(u.Item1, @"^(?:global::)?Weipian\.Flow\.(\w+)").Groups[1].Value, u.Item2))
            .Where(u => u.Item1.Length > 0)
            .Distinct();
}
