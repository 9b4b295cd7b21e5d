namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals of the map: tiles, places, measures, base maps. Nothing is ever written by it.</summary>
    public static class Map
    {
        public static Problem NoSuchTile(int level, int column, int row) =>
            new(
                "map.no-such-tile",
                $"格网中没有第 {level} 级第 {column} 列第 {row} 行的瓦片。级别为 1 至 20；第 z 级有 2^z 列、2^(z−1) 行。",
                $"The grid has no tile {level}/{column}/{row}. Levels are 1 to 20; level z has 2^z columns and 2^(z−1) rows.",
                status: 404
            );

        public static Problem PlaceNotUnderstood(string text) =>
            new(
                "map.place-not-understood",
                $"看不懂坐标“{text}”。可以写经纬度（117.85 36.80，或 117°51′00″ 36°48′00″），也可以写高斯-克吕格坐标（4073000 39576750，或不带带号 4073000 576750）。",
                $"“{text}” is not understood as a place. Write degrees (117.85 36.80, or 117°51′00″ 36°48′00″) or Gauss–Krüger metres (4073000 39576750, or without the zone number 4073000 576750)."
            );

        public static Problem PlaceOutside(string text) =>
            new(
                "map.place-outside",
                $"坐标“{text}”不在东经 73° 至 136°、北纬 3° 至 54° 之间。请检查经纬度次序、带号和位数。",
                $"“{text}” does not lie between 73° and 136° east and 3° and 54° north. Check the order, the zone number and the digits."
            );

        public static Problem PlaceAmbiguous(string text) =>
            new(
                "map.place-ambiguous",
                $"坐标“{text}”分不出哪个是北坐标、哪个是东坐标。请给东坐标加上带号（如 39576750），或改用经纬度。",
                $"“{text}” does not tell which number is the northing. Put the zone number before the easting (39576750), or write degrees."
            );

        public static Problem LineNotUnderstood(string text) =>
            new(
                "map.line-not-understood",
                $"看不懂分割线“{text}”。可以写方位角和偏移（45 或 45 -12.5：自格网北顺时针 45°，向左偏 12.5 米），也可以写两个以上用分号隔开的坐标。",
                $"“{text}” is not understood as a line. Write an azimuth and an offset (45, or 45 -12.5: clockwise from grid north, 12.5 m to the left), or at least two places with semicolons between."
            );

        public static Problem BadSixtieths(string text, double found) =>
            new(
                "map.bad-sixtieths",
                FormattableString.Invariant($"坐标“{text}”中的分或秒是 {found}，应小于 60。请检查度、分、秒。"),
                FormattableString.Invariant(
                    $"Minutes or seconds in “{text}” are {found}; they have to be below 60. Check degrees, minutes and seconds."
                )
            );

        public static Problem RingCrossesItself() =>
            new(
                "map.ring-crosses-itself",
                "所画的边界自相交叉，算不出面积。请去掉交叉后重画。",
                "The outline crosses itself and has no area. Draw it without the crossing."
            );

        public static Problem TooManyCorners(int count, int max) =>
            new(
                "map.too-many-corners",
                $"一次量测最多 {max} 个点，收到 {count} 个。请分段量测。",
                $"A measure takes at most {max} corners, {count} came. Measure it in parts."
            );

        public static Problem NoSuchBase(string id) =>
            new(
                "map.no-such-base",
                $"没有配置底图“{id}”。底图在底图配置文件中列出。",
                $"There is no base map “{id}”. Base maps are listed in their file.",
                status: 404
            );

        public static Problem BaseUnreachable(string id, string zh, string en) =>
            new(
                "map.base-unreachable",
                $"底图“{id}”这一块没有取到（{zh}）。其他图层不受影响；请稍后再试，或请管理员检查底图配置。",
                $"This tile of the base map “{id}” was not had ({en}). Other layers are not touched; try later, or have the administrator look at its settings.",
                status: 502
            );

        public static Problem BadBaseFile(string file, string zh, string en) =>
            new(
                "map.bad-base-file",
                $"底图配置文件“{file}”不能用：{zh}。服务没有启动；请改正后再启动，或删去该文件。",
                $"The file of base maps “{file}” cannot be used: {en}. The server did not start; correct or remove the file."
            );

        public static Problem BadSheet(string what) =>
            new(
                "map.bad-sheet",
                $"打印图幅的参数“{what}”不对。纸张为 a4 或 a3，比例尺分母为 500 至 1000000。",
                $"“{what}” of the sheet is wrong. Paper is a4 or a3, the scale 1:500 to 1:1000000."
            );
    }
}
