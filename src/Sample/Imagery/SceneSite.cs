using Weipian.Sample.Land;
using Weipian.Sample.Sites;

namespace Weipian.Sample.Imagery;

/// <summary>What a patch looks like from above, by what was done there, in the metres of its plot.</summary>
internal sealed class SceneSite
{
    private readonly Cast cast;
    private readonly string use;
    private readonly ulong own;
    private readonly Noise blotches;
    private readonly (double Left, double Bottom, double Right, double Top) box;

    /// <summary>From which scene on it is there, and from which it is gone again: cleared away before it was built anew.</summary>
    private readonly int from;
    private readonly int until;

    public SceneSite(Cast cast, Cast? next, ulong number)
    {
        this.cast = cast;
        var story = cast.Story;
        use = UseOf(story);
        own = Dice.Mix(number ^ (ulong)cast.Number.Length ^ Hash(cast.Number));
        blotches = new(own, 11);
        var spots = story.Polygons.SelectMany(p => p).ToList();
        box = (spots.Min(s => s.U), spots.Min(s => s.V), spots.Max(s => s.U), spots.Max(s => s.V));
        Stood = StoodBefore(story);
        from = Stood ? 0 : Scene.Of(story.Programme.Id).After.Ordinal;
        until = next is null ? int.MaxValue : Scene.Of(next.Story.Programme.Id).Before.Ordinal;
        Reach = 3 + Math.Max(Math.Max(-box.Left, box.Right), Math.Max(-box.Bottom, box.Top));
    }

    /// <summary>What was found there existed before the first image.</summary>
    public bool Stood { get; }

    public string Number => cast.Number;

    /// <summary>A word of <see cref="SiteFacts.Use"/>.</summary>
    public string Use => use;

    public Cast Cast => cast;

    /// <summary>Metres from the middle of the plot beyond which nothing of it lies.</summary>
    public double Reach { get; }

    /// <summary>Whether its two images differ, where that can be said.</summary>
    public bool? Changed =>
        cast.Earlier is not null ? null
        : use == SiteFacts.Use.Unchanged || use == SiteFacts.Use.Grave ? false
        : Stood ? null
        : true;

    /// <summary>Lays the site over the ground at a place of its plot, when it is there in that scene.</summary>
    public Tone Over(Tone ground, Spot at, Scene scene)
    {
        if (scene.Ordinal < from || use == SiteFacts.Use.Unchanged || !Holds(at))
            return ground;
        if (scene.Ordinal >= until)
            return Soil(at, new(158, 140, 108), 14);
        return use switch
        {
            SiteFacts.Use.Construction or SiteFacts.Use.Storage or SiteFacts.Use.Structure => Buildings(at),
            SiteFacts.Use.Facility => Math.Abs(at.V - Math.Floor(at.V / 13) * 13) < 8.5 ? new(216, 220, 218) : new(168, 156, 128),
            SiteFacts.Use.Road or SiteFacts.Use.Access or SiteFacts.Use.Hardened => new Tone(188, 186, 178).Plus(Blotch(at, 4)),
            SiteFacts.Use.Orchard => SceneGround.Dotted(at.U, at.V, 4.2, 1.4, new(168, 148, 112), SceneGround.Green(scene, 0)),
            SiteFacts.Use.Forest => SceneGround.Green(scene, Blotch(at, 22) - 14),
            SiteFacts.Use.Pond or SiteFacts.Use.Lake => new Tone(58, 76, 82).Plus(Blotch(at, 3)),
            SiteFacts.Use.Solar => Math.Abs(at.V - Math.Floor(at.V / 5.5) * 5.5) < 3.4 ? new(42, 54, 92) : new(158, 146, 116),
            SiteFacts.Use.Mining => Soil(at, new(196, 188, 172), 34),
            SiteFacts.Use.Restoration => new Tone(96, 116, 66).Plus(Blotch(at, 8)),
            SiteFacts.Use.Grave => SceneGround.Dotted(at.U, at.V, 6, 1.6, ground, new(188, 178, 156)),
            _ => Soil(at, new(182, 150, 108), 20),
        };
    }

    /// <summary>Roofs in a yard of concrete, with their shadows, as many as there is room for.</summary>
    private Tone Buildings(Spot at)
    {
        var yard = new Tone(190, 187, 180).Plus(Blotch(at, 4));
        var (wide, deep) = (box.Right - box.Left, box.Top - box.Bottom);
        var (columns, rows) = (Math.Max(1, Math.Round(wide / 42)), Math.Max(1, Math.Round(deep / 30)));
        var (w, d) = (wide / columns, deep / rows);
        var (u, v) = (at.U - box.Left, at.V - box.Bottom);
        var (i, j) = (Math.Floor(u / w), Math.Floor(v / d));
        (u, v) = ((u - i * w) / w, (v - j * d) / d);
        var roof = Dice.Mix(own ^ ((ulong)i * 31 + (ulong)j * 17));
        if (u is > 0.16 and < 0.82 && v is > 0.16 and < 0.7)
            // A ridge: one slope in the sun, the other not.
            return SceneGround.RoofOf(roof).Times(v < 0.43 ? 1.08f : 0.88f);
        var shadow = Math.Min(0.2, 5 / d);
        return u is > 0.12 and < 0.8 && v >= 0.7 && v < 0.7 + shadow ? yard.Times(0.5f) : yard;
    }

    private Tone Soil(Spot at, Tone tone, float rough) => tone.Plus(Blotch(at, rough));

    private float Blotch(Spot at, float height) => height * (float)blotches.At(at.U, at.V);

    private bool Holds(Spot at)
    {
        if (at.U < box.Left || at.U > box.Right || at.V < box.Bottom || at.V > box.Top)
            return false;
        var odd = false;
        foreach (var ring in cast.Story.Polygons)
            for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
                if (
                    ring[i].V > at.V != ring[j].V > at.V
                    && at.U < (ring[j].U - ring[i].U) * (at.V - ring[i].V) / (ring[j].V - ring[i].V) + ring[i].U
                )
                    odd = !odd;
        return odd;
    }

    private static string UseOf(Story story)
    {
        var found = story.Visits.Select(v => v.Facts.GetValueOrDefault(SiteFacts.UseOnGround) as string).LastOrDefault(u => u is not null);
        return found ?? (story.Kind == "mineral" ? SiteFacts.Use.Mining : SiteFacts.Use.Construction);
    }

    private static bool StoodBefore(Story story)
    {
        var facts = story.Visits.SelectMany(v => v.Facts).ToLookup(f => f.Key, f => f.Value, StringComparer.Ordinal);
        var before = Scene.Of(story.Programme.Id).Before.On.Year;
        return facts[SiteFacts.GraveExisting].Contains(true)
            || facts[SiteFacts.BuiltYear].OfType<int>().Any(y => y < before)
            || facts[SiteFacts.HistoryImageYear].OfType<int>().Any(y => y < before);
    }

    private static ulong Hash(string text) => text.Aggregate(0xCBF29CE484222325UL, (hash, c) => (hash ^ c) * 0x100000001B3);
}
