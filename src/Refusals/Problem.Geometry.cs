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
                $"数据使用{datumZh}（依据：{basis}）。该坐标系与2000国家大地坐标系相差数十米，系统绝不擅自转换，没有读入任何要素。请用 --transform 给出七参数或控制点的文件，或先转换为2000国家大地坐标系再导入；确知数值本已是2000国家大地坐标系时，用 --crs assume，该假定将印在所有成果上。",
                $"The data are in {datumEn} (by {basis}). That datum lies tens of metres from CGCS2000 and is never shifted silently, so nothing was read. Give a file of seven parameters or control points with --transform, or transform the data to CGCS2000 first; or, if the numbers are known to be CGCS2000 after all, use --crs assume, which is then printed on everything derived."
            );

        public static Problem UnknownDatum(string datum) =>
            new(
                "geometry.unknown-datum",
                $"文件所说的大地基准“{datum}”无法识别，没有读入任何要素。请用 --crs EPSG:代码 指明坐标系，或先把数据转换到2000国家大地坐标系。",
                $"The file names the datum \"{datum}\", which is not known here, so nothing was read. Name the system with --crs EPSG:code, or transform the data to CGCS2000 first."
            );

        public static Problem UnknownProjection(string projection) =>
            new(
                "geometry.unknown-projection",
                $"投影“{projection}”不是高斯-克吕格三度带或六度带，不能据以量算面积，没有读入任何要素。请先把数据转换到 EPSG:4490 或 EPSG:4491–4554。",
                $"The projection \"{projection}\" is not a Gauss–Krüger zone of three or six degrees, so areas cannot rest on it and nothing was read. Transform the data to EPSG:4490 or EPSG:4491–4554 first."
            );

        public static Problem TransformationDatum(string named) =>
            new(
                "geometry.transformation-datum",
                $"--transform 的起始或目标坐标系“{named}”不能使用：from 须是1954年北京坐标系、新1954年北京坐标系或1980西安坐标系（控制点须用其高斯-克吕格 EPSG 代号），to 须是2000国家大地坐标系的带（EPSG:4491–4554）。没有读入任何要素。",
                $"\"{named}\" cannot be used in --transform: from must be Beijing 1954, New Beijing or Xi'an 1980 (for control points the EPSG code of a Gauss–Krüger zone), to a zone of CGCS2000 (EPSG:4491–4554). Nothing was read. Correct the file."
            );

        public static Problem TransformationDoubtful(string reasonZh, string reasonEn) =>
            new(
                "geometry.transformation-doubtful",
                $"--transform 的参数不可信：{reasonZh}。没有读入任何要素；请向提供参数的单位核实。",
                $"The parameters of --transform cannot be trusted: {reasonEn}. Nothing was read; ask the office that gave them."
            );

        public static Problem TransformationOtherDatum(string statedZh, string statedEn, string fromZh, string fromEn) =>
            new(
                "geometry.transformation-other-datum",
                $"数据使用{statedZh}，--transform 却从{fromZh}开始转换。没有读入任何要素；请去掉 --transform，或换用相应坐标系的参数。",
                $"The data are in {statedEn}, but --transform starts from {fromEn}. Nothing was read; leave --transform out, or give the parameters of that datum."
            );

        public static Problem TransformationOutOfReach(string data, string reach) =>
            new(
                "geometry.transformation-out-of-reach",
                $"数据（{data}）在控制点所及范围（{reach}）之外，拟合在那里没有依据。没有读入任何要素；请用数据所在地区的控制点。",
                $"The data ({data}) lie beyond the reach of the control points ({reach}), where the fit has no ground. Nothing was read; use control points of the area."
            );

        public static Problem UnreadableCrs(string fault) =>
            new(
                "geometry.unreadable-crs",
                $"坐标系说明文字无法解析：{fault}。没有读入任何要素。请修正或删除 .prj 文件，并用 --crs EPSG:代码 指明坐标系。",
                $"The text that describes the coordinate system cannot be read: {fault}. Nothing was read. Mend or remove the .prj file and name the system with --crs EPSG:code."
            );

        public static Problem Empty() =>
            new(
                "geometry.empty",
                "要素没有任何坐标，无法量算面积，该要素未被采用。请在来源数据中补上图形。",
                "The feature has no coordinates at all, so it has no area and was not taken. Supply its geometry in the source."
            );

        public static Problem NoArea() =>
            new(
                "geometry.no-area",
                "要素的各环不围成任何面积（只有点、线，或全部相互抵消），该要素未被采用。请在来源数据中改正图形。",
                "The rings of the feature enclose no area (points or lines only, or all cancel out), so it was not taken. "
                    + "Correct its geometry in the source."
            );

        public static Problem NotFinite(int ring, int vertex) =>
            new(
                "geometry.not-finite",
                $"第 {ring} 个环的第 {vertex} 个点不是一对有限的坐标数值，该要素未被采用。请在来源数据中改正该点。",
                $"Vertex {vertex} of ring {ring} is not a pair of finite numbers, so the feature was not taken. Correct it in the source."
            );

        public static Problem OutsideSystem(int ring, int vertex, double x, double y, int epsg) =>
            new(
                "geometry.outside-system",
                FormattableString.Invariant(
                    $"第 {ring} 个环的第 {vertex} 个点 ({x}, {y}) 超出坐标系 EPSG:{epsg} 的范围，该要素未被采用。请核对坐标系和坐标轴次序。"
                ),
                FormattableString.Invariant(
                    $"Vertex {vertex} of ring {ring} ({x}, {y}) lies outside what EPSG:{epsg} can represent, so the feature was not taken. "
                ) + "Check the coordinate system and the order of its axes."
            );

        public static Problem TooTangled(int meetingsMax) =>
            new(
                "geometry.too-tangled",
                $"要素边界自相交过多（上限 {meetingsMax} 处），无法修复，该要素未被采用。请在来源数据中改正图形。",
                $"The boundary of the feature meets itself too often to be repaired (the limit is {meetingsMax} places), "
                    + "so it was not taken. Correct its geometry in the source."
            );

        public static Problem TooLongEdge(int ring, int vertex, int piecesMax) =>
            new(
                "geometry.too-long-edge",
                $"第 {ring} 个环止于第 {vertex} 个点的边太长：按来源坐标系取直需要加密超过 {piecesMax} 个点，该要素未被采用。请核对坐标，或改用 formula 面积约定。",
                $"The edge of ring {ring} that ends at vertex {vertex} is too long: keeping it straight in the source takes more than "
                    + $"{piecesMax} added vertices, so the feature was not taken. Check the coordinates, or use the convention 'formula'."
            );

        public static Problem PackedLayerDamaged(string fault) =>
            new(
                "geometry.packed-layer-damaged",
                $"图层缓存不完整或已损坏（{fault}），没有使用。缓存可由图层重建：请执行 weipian layer drop-cache 后重试。",
                $"The cache of a layer is not whole ({fault}) and was not used. It can be rebuilt: run weipian layer drop-cache and try again.",
                500
            );

        public static Problem LayerTooLarge(string limit) =>
            new(
                "geometry.layer-too-large",
                $"图层太大，无法装入一个缓存（{limit}）。没有写入任何内容。请按县级行政区拆分后分别添加。",
                $"The layer is too large for one cache ({limit}). Nothing was written. Split it, for instance by county, and add the parts."
            );
    }
}
