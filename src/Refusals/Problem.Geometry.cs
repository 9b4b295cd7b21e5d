namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Coordinates and shapes that cannot be measured.</summary>
    public static class Geometry
    {
        public static Problem UnknownCrs(int epsg) =>
            new(
                "geometry.unknown-crs",
                $"坐标系 EPSG:{epsg} 不在可用之列：可用 4490、4326（按2000国家大地坐标系使用）和 4491–4554（高斯-克吕格三度带、六度带）。没有读入任何要素。请用 --crs 指明正确的坐标系，或先把数据转换到其中之一。",
                $"The coordinate system EPSG:{epsg} is none that can be measured in: these are 4490, 4326 (taken as CGCS2000) and 4491–4554 (Gauss–Krüger zones of three and six degrees). Nothing was read. Name the right system with --crs, or transform the data to one of these first."
            );

        public static Problem OlderDatum(string datumZh, string datumEn, string basis) =>
            new(
                "geometry.older-datum",
                $"数据使用{datumZh}（依据：{basis}）。该坐标系与2000国家大地坐标系相差数十米，系统绝不擅自转换，没有读入任何要素。请用 --transform 提供转换参数；确知数值本已是2000国家大地坐标系时，用 --crs assume，该假定将印在所有成果上。",
                $"The data are in {datumEn} (by {basis}). That datum lies tens of metres from CGCS2000 and is never shifted silently, so nothing was read. Give transformation parameters with --transform; or, if the numbers are known to be CGCS2000 after all, use --crs assume, which is then printed on everything derived."
            );

        public static Problem UnknownDatum(string datum) =>
            new(
                "geometry.unknown-datum",
                $"投影文件所说的大地基准“{datum}”无法识别，没有读入任何要素。请用 --crs EPSG:代码 指明坐标系，或先把数据转换到2000国家大地坐标系。",
                $"The projection file names the datum \"{datum}\", which is not known here, so nothing was read. Name the system with --crs EPSG:code, or transform the data to CGCS2000 first."
            );

        public static Problem UnknownProjection(string projection) =>
            new(
                "geometry.unknown-projection",
                $"投影“{projection}”不是高斯-克吕格三度带或六度带，不能据以量算面积，没有读入任何要素。请先把数据转换到 EPSG:4490 或 EPSG:4491–4554。",
                $"The projection \"{projection}\" is not a Gauss–Krüger zone of three or six degrees, so areas cannot rest on it and nothing was read. Transform the data to EPSG:4490 or EPSG:4491–4554 first."
            );

        public static Problem UnreadableCrs(string fault) =>
            new(
                "geometry.unreadable-crs",
                $"坐标系说明文字无法解析：{fault}。没有读入任何要素。请修正或删除 .prj 文件，并用 --crs EPSG:代码 指明坐标系。",
                $"The text that describes the coordinate system cannot be read: {fault}. Nothing was read. Mend or remove the .prj file and name the system with --crs EPSG:code."
            );
    }
}
