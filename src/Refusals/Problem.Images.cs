using System.Globalization;

namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals about satellite and aerial images. Nothing of a refused image is kept.</summary>
    public static class Images
    {
        public static Problem NotTiff(string file) =>
            new(
                "images.not-tiff",
                $"文件“{file}”不是 TIFF 影像。没有接收任何内容；请提供 GeoTIFF 或 COG（.tif）。",
                $"The file “{file}” is no TIFF. Nothing was taken; give a GeoTIFF or COG (.tif)."
            );

        public static Problem Truncated(string file, long needed, long length) =>
            new(
                "images.truncated",
                $"影像“{file}”不完整：其中的数据应到第 {Number(needed)} 字节，文件只有 {Number(length)} 字节。没有接收任何内容；请重新获取该文件。",
                $"The image “{file}” is cut short: its data go to byte {Number(needed)} and the file has {Number(length)}. Nothing was taken; get the file again."
            );

        public static Problem Damaged(string file, string what) =>
            new(
                "images.damaged",
                $"影像“{file}”已损坏（{what}）。没有接收任何内容；请重新导出或重新获取该文件。",
                $"The image “{file}” is damaged ({what}). Nothing was taken; export it or get it again."
            );

        public static Problem Compression(string file, string compression) =>
            new(
                "images.compression",
                $"影像“{file}”采用 {compression} 压缩，不能读取。没有接收任何内容；请先转换：gdal_translate -of COG -co COMPRESS=DEFLATE \"{file}\" converted.tif",
                $"The image “{file}” is compressed with {compression}, which is not read. Nothing was taken; convert it first: gdal_translate -of COG -co COMPRESS=DEFLATE \"{file}\" converted.tif"
            );

        /// <param name="how">Options of the command that bring the pixels into a form that is read.</param>
        public static Problem Layout(string file, string what, string how = "-ot UInt16") =>
            new(
                "images.layout",
                $"影像“{file}”的像元格式不能读取（{what}）；可读 1 至 12 个波段、8 或 16 位无符号整数。没有接收任何内容；请先转换：gdal_translate -of COG {how} -co COMPRESS=DEFLATE \"{file}\" converted.tif",
                $"The pixels of “{file}” are not read ({what}); 1 to 12 bands of 8 or 16 bits without sign are. Nothing was taken; convert it first: gdal_translate -of COG {how} -co COMPRESS=DEFLATE \"{file}\" converted.tif"
            );

        public static Problem NoGeoreference(string file) =>
            new(
                "images.no-georeference",
                $"影像“{file}”没有地理参考（缺少坐标系或像元位置）。没有接收任何内容；请从原始软件导出带坐标的 GeoTIFF。",
                $"The image “{file}” has no georeference (its coordinate system or the place of its pixels is missing). Nothing was taken; export it as a GeoTIFF with coordinates."
            );

        public static Problem UnknownCrs(string file, string found) =>
            new(
                "images.unknown-crs",
                $"影像“{file}”的坐标系（{found}）不受支持。没有接收任何内容；请先转换：gdalwarp -t_srs EPSG:4490 -of COG -co COMPRESS=DEFLATE \"{file}\" converted.tif",
                $"The coordinate system of “{file}” ({found}) is not supported. Nothing was taken; convert it first: gdalwarp -t_srs EPSG:4490 -of COG -co COMPRESS=DEFLATE \"{file}\" converted.tif"
            );

        public static Problem Elsewhere(string file, string where, string home) =>
            new(
                "images.elsewhere",
                $"影像“{file}”位于 {where}，与本辖区（{home}）没有重叠，坐标系可能写错。没有接收任何内容；请核对影像和坐标系。",
                $"The image “{file}” lies at {where} and does not meet this district ({home}); its coordinate system may be stated wrongly. Nothing was taken; check the image and its coordinate system."
            );

        public static Problem NoDate(string file) =>
            new(
                "images.no-date",
                $"没有给出影像“{file}”的拍摄日期；文件内的日期可能是处理日期，不予采用。没有接收任何内容；请用 --date 给出，例如 --date 2018-10-30。",
                $"No day of acquisition was given for “{file}”; a date inside the file may be that of its processing and is not taken. Nothing was taken; give it with --date, e.g. --date 2018-10-30."
            );

        public static Problem DateInFuture(string file, DateOnly date, DateOnly today) =>
            new(
                "images.date-in-future",
                $"影像“{file}”的拍摄日期 {date:yyyy-MM-dd} 晚于今天（{today:yyyy-MM-dd}）。没有接收任何内容；请核对日期。",
                $"The image “{file}” was to be of {date:yyyy-MM-dd}, which is after today ({today:yyyy-MM-dd}). Nothing was taken; check the date."
            );

        public static Problem AlreadyDated(string file, DateOnly date) =>
            new(
                "images.already-dated",
                $"影像“{file}”的同一内容已按 {date:yyyy-MM-dd} 接收。没有再次接收；同一影像只有一个拍摄日期。",
                $"The same content as “{file}” was taken before with the day {date:yyyy-MM-dd}. It was not taken again; an image has one day of acquisition.",
                status: 409
            );

        public static Problem BandNames(string file, int given, int bands) =>
            new(
                "images.band-names",
                $"给出了 {given} 个波段名称，影像“{file}”有 {bands} 个波段（不含透明波段）。没有接收任何内容；请按波段顺序逐一给出，例如 --bands blue,green,red,nir。",
                $"{given} names of bands were given and “{file}” has {bands} bands (alpha left out). Nothing was taken; name each in its order, e.g. --bands blue,green,red,nir."
            );

        public static Problem NoSuchImage(string asked) =>
            new(
                "images.no-such-image",
                $"没有编号为“{asked}”的影像；编号可只写开头几位，须唯一。weipian image list 列出全部影像。",
                $"There is no one image “{asked}”; an id may be shortened as long as it is the only one. weipian image list shows them all.",
                status: 404
            );

        public static Problem NoImage(string asked) =>
            new("images.no-image", $"没有可用的影像（{asked}）。", $"There is no image to show ({asked}).", status: 404);

        private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
    }
}
