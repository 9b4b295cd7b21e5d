using Weipian.Sample.Land;
using Weipian.Sample.Sites;

namespace Weipian.Sample.Files;

/// <summary>Papers that concern no patch: what an office holds anyway. They lie in blocks of their own.</summary>
internal static class Background
{
    private const int FirstSerial = 50_000;

    public static IEnumerable<Paper> Papers(District district)
    {
        var serial = FirstSerial;
        foreach (var block in district.Subdivision.Blocks)
        {
            if (block.Taken || district.Borders.Outline(block.MiddleX, block.MiddleY) < 4_000)
                continue;
            var dice = Dice.For(district.Number, "background", block.Number);
            if (!dice.Chance(0.3))
                continue;
            var plot = new Plot(district, block, district.Borders.LabelAt(block.MiddleX, block.MiddleY));
            var story = new Story(plot, Programme.Annual2018, dice, ++serial);
            story.Yard(1, 12);
            Tell(story, block.Kind);
            foreach (var paper in story.Papers)
                yield return paper;
        }
        foreach (var (ring, from, to) in LandUseFile.Changed(district))
            yield return new(
                "survey-change",
                [ring],
                [from.Code(), to.Code(), new DateOnly(2018, 12, 31), Math.Round(Coordinates.Area(ring), 2), "合成数据"]
            );
    }

    private static void Tell(Story s, BlockKind kind)
    {
        var on = s.Dice.Day(new(2013, 1, 5), new(2018, 11, 30));
        if (kind == BlockKind.Hills)
        {
            if (s.Dice.Chance(0.06))
                s.MiningLicence(on, on.AddYears(10), "建筑石料用灰岩");
            else if (s.Dice.Chance(0.04))
                s.ExplorationLicence(on, on.AddYears(3), "铝土矿");
            else if (s.Dice.Chance(0.04))
                s.RestorationProject(on, on.AddYears(4));
            return;
        }
        switch (s.Dice.Whole(0, 9))
        {
            case 0 or 1 or 2:
                s.Approval(on, "工业用地");
                if (s.Dice.Chance(0.8))
                    s.Supply(on.AddDays(60), "工业用地");
                break;
            case 3 or 4 or 5:
                s.Registration(on, s.Dice.Chance(0.5) ? "农村宅基地" : "工业用地");
                break;
            case 6:
                s.FacilityRecord(on, "种植设施");
                break;
            case 7:
                s.TemporaryLand(on, on.AddYears(2).AddDays(-1), "施工临时用地");
                break;
            case 8:
                s.Linkage(on, "农村宅基地");
                break;
            default:
                s.Elsewhere(
                    "prior-determination",
                    s.Polygons[0],
                    [
                        s.PaperNumber("合成往年图斑", 2017),
                        s.Dice.One<string>(["I1", "O1", "L1", "O2"]),
                        new DateOnly(2018, 6, 30),
                        "合成数据",
                    ]
                );
                break;
        }
    }
}
