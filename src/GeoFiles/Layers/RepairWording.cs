using System.Text;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Says in words what was repaired in a feature; rule 4101.</summary>
public static class RepairWording
{
    public static LayerDefect Of(RepairNote note, long row)
    {
        var (zh, en) = Words(note.Kind);
        return new LayerDefect(
            "4101",
            false,
            Kebab(note.Kind.ToString()),
            row,
            null,
            $"{zh}，已修复",
            $"{en}; repaired",
            note.Longitude,
            note.Latitude,
            note.AreaBefore,
            note.AreaAfter
        );
    }

    /// <summary>What reading changed, where it lies on earth.</summary>
    public static LayerDefect Of(SourceRepair repair, long row, CoordinateSystem crs, bool axesSwapped)
    {
        var (longitude, latitude) = axesSwapped ? crs.ToGeographic(repair.Y, repair.X) : crs.ToGeographic(repair.X, repair.Y);
        var isPlace = double.IsFinite(longitude + latitude);
        return new LayerDefect(
            "4101",
            false,
            repair.Kind,
            row,
            null,
            repair.Zh,
            repair.En,
            isPlace ? longitude : null,
            isPlace ? latitude : null
        );
    }

    private static (string Zh, string En) Words(RepairKind kind) =>
        kind switch
        {
            RepairKind.UnclosedRing => ("环未闭合", "a ring was not closed"),
            RepairKind.DuplicatePoint => ("重复界址点", "a vertex was repeated"),
            RepairKind.DroppedRing => ("环没有面积，已舍去", "a ring without area was left out"),
            RepairKind.DuplicateRing => ("重复的环", "a ring came twice"),
            RepairKind.Spike => ("尖刺（边界往返重合）", "the boundary ran out and back along one line"),
            RepairKind.SelfCrossing => ("自相交", "the boundary crossed itself"),
            RepairKind.SelfTouch => ("边界自相接", "the boundary touched itself"),
            RepairKind.RepeatedEdge => ("边界自身重叠", "the boundary ran along itself"),
            RepairKind.RingOrientation => ("环的方向与其位置不符", "a ring ran the wrong way round for its place"),
            RepairKind.RingsCross => ("环与环相交", "two rings crossed"),
            RepairKind.RingsShareEdge => ("环与环共边", "two rings shared an edge"),
            RepairKind.Further => ("还有更多同类问题", "there were further places of the same kinds"),
            _ => ("图形不规范", "the geometry was irregular"),
        };

    /// <summary><c>SelfCrossing</c> → <c>self-crossing</c>.</summary>
    private static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && kebab.Length > 0)
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }
        return kebab.ToString();
    }
}
