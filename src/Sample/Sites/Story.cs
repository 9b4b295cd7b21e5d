using NetTopologySuite.Geometries;

namespace Weipian.Sample.Sites;

/// <summary>One patch in the making: what happened there, what was permitted, what was found, and therefore what is true.</summary>
/// <remarks>The truth is written here, by the one who makes the facts; no rule is asked.</remarks>
internal sealed class Story(Plot plot, Programme programme, Dice dice, int serial)
{
    private readonly List<TruePart> parts = [];
    private readonly List<Paper> papers = [];
    private readonly List<string> cases = [];
    private readonly List<(DateOnly On, Dictionary<string, object> Facts)> visits = [];

    public Plot Plot { get; } = plot;
    public Programme Programme { get; } = programme;
    public Dice Dice { get; } = dice;
    public string Kind { get; set; } = "land";

    /// <summary>Image dates; the truth rests on these.</summary>
    public DateOnly Before { get; set; } = dice.Day(programme.BeforeFrom, programme.BeforeTo);
    public DateOnly After { get; set; } = dice.Day(programme.AfterFrom, programme.AfterTo);

    /// <summary>How the file writes the dates; null writes them plainly, an empty text leaves them out.</summary>
    public string? BeforeWritten { get; set; }
    public string? AfterWritten { get; set; }

    /// <summary>Kind of change as issued (TBLX).</summary>
    public string Change { get; set; } = "新增建（构）筑物";

    public string? Doubt { get; private set; }
    public string Zh { get; private set; } = "";
    public string En { get; private set; } = "";
    public IReadOnlyList<TruePart> Parts => parts;
    public IReadOnlyList<Paper> Papers => papers;
    public IReadOnlyList<string> Cases => cases;
    public IReadOnlyList<(DateOnly On, Dictionary<string, object> Facts)> Visits => visits;

    /// <summary>The polygons of the patch in metres of the plot; usually one.</summary>
    public List<IReadOnlyList<Spot>> Polygons { get; } = [];

    public double AreaSquareMetres => Polygons.Sum(LocalShape.Area);

    /// <summary>Name of the project and of who builds it, the same on every paper of this story.</summary>
    public string Project { get; } = $"合成项目{serial:D5}";
    public string Party { get; } = $"合成单位{serial:D5}";

    public string PaperNumber(string prefix, int year, int offset = 0) => $"{prefix}〔{year}〕合成{serial + offset:D5}号";

    /// <summary>A yard of between two areas, 亩, as large as the plot allows.</summary>
    public void Yard(double fromMu, double toMu)
    {
        const double SquareMetresOfMu = 2000.0 / 3;
        var largest = Math.Pow((Plot.Reach - 14) / 0.78, 2) / SquareMetresOfMu;
        var mu = Math.Min(fromMu + (toMu - fromMu) * Math.Pow(Dice.Share(), 2), largest);
        Polygons.Add(LocalShape.Yard(mu * SquareMetresOfMu, Dice));
    }

    public void TheCase(string name) => cases.Add(name);

    /// <summary>The whole patch deserves one verdict.</summary>
    public void Verdict(string code, string zh, string en, bool formerYear = false)
    {
        Part(code, AreaSquareMetres, formerYear);
        Because(zh, en);
    }

    public void Part(string code, double squareMetres, bool formerYear = false) => parts.Add(new(code, squareMetres, formerYear));

    public void Because(string zh, string en) => (Zh, En) = (zh, en);

    /// <summary>The same act on the same ground, seen again and grown a little (TC14).</summary>
    public void Again(Story earlier, double growth)
    {
        var code = parts.Single().Code;
        Polygons.Clear();
        Polygons.AddRange(earlier.Polygons.Select(p => LocalShape.Scaled(p, growth)));
        parts.Clear();
        Part(code, AreaSquareMetres);
        TheCase("TC14");
        earlier.TheCase("TC14");
    }

    /// <summary>Another act on the same ground, after the first was cleared away.</summary>
    public void Anew(Story earlier)
    {
        var code = parts.Single().Code;
        Polygons.Clear();
        Polygons.AddRange(earlier.Polygons);
        parts.Clear();
        Part(code, AreaSquareMetres);
    }

    /// <summary>The same patch elsewhere in its plot.</summary>
    public void Move(double u, double v)
    {
        for (var i = 0; i < Polygons.Count; i++)
            Polygons[i] = LocalShape.Moved(Polygons[i], u, v);
    }

    /// <summary>The whole patch stays doubtful.</summary>
    public void Doubtful(string reason, string zh, string en)
    {
        Doubt = reason;
        Part(Kind == "land" ? "D0" : "MD0", AreaSquareMetres);
        Because(zh, en);
    }

    /// <summary>What an officer found; the day lies in the programme's time for visits.</summary>
    public Dictionary<string, object> Found(params (string Key, object Value)[] facts)
    {
        var on = visits.Count == 0 ? Dice.Day(Programme.VisitFrom, Programme.VisitTo) : visits[^1].On.AddDays(1);
        var form = facts.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        visits.Add((on, form));
        return form;
    }

    /// <summary>A paper that covers the patch with a margin; or only what lies left of a line.</summary>
    public void Covered(string role, IReadOnlyList<object?> values, double? leftOf = null, double margin = 0)
    {
        var ring = LocalShape.Box(Polygons, margin > 0 ? margin : Dice.Between(4, 10), leftOf);
        papers.Add(new(role, [Plot.Ground(ring)], values));
    }

    /// <summary>A paper over other ground of the plot.</summary>
    public void Elsewhere(string role, IReadOnlyList<Spot> ring, IReadOnlyList<object?> values) =>
        papers.Add(new(role, [Plot.Ground(ring)], values));

    /// <summary>The patch on the ground, EPSG:4548.</summary>
    public MultiPolygon Shape() => new([.. Polygons.Select(Plot.Polygon)]);
}
