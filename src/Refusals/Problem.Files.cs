using System.Globalization;

namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals about files of users: what was found and where, what was kept, what to do.</summary>
    /// <remarks>Unless a sentence says otherwise, nothing of the file was kept and nothing was written.</remarks>
    public static class Files
    {
        private const string ReadableZh =
            " Shapefile（.zip 或 .shp）、GeoPackage（.gpkg）、GeoJSON、KML/KMZ、勘测定界 TXT、CSV 或 Excel 坐标表、VCT、文件地理数据库或 DXF";
        private const string ReadableEn =
            "a Shapefile (.zip or .shp), a GeoPackage (.gpkg), GeoJSON, KML/KMZ, a survey text (勘测定界 TXT), a table of coordinates (CSV or Excel), VCT, a file geodatabase or DXF";

        public static Problem Unreadable(string file, string reason) =>
            new(
                "files.unreadable",
                $"文件“{file}”无法读取（{reason}）。没有导入任何内容；请检查路径和读取权限后重试。",
                $"The file “{file}” cannot be read ({reason}). Nothing was taken; check the path and the right to read it, then try again."
            );

        public static Problem Empty(string file) =>
            new(
                "files.empty",
                $"文件“{file}”是空的（0 字节）。没有导入任何内容；请重新获取该文件。",
                $"The file “{file}” is empty (0 bytes). Nothing was taken; get the file again from its sender."
            );

        public static Problem OtherKind(string file, string foundZh, string foundEn) =>
            new(
                "files.other-kind",
                $"文件“{file}”的内容是{foundZh}，不是可以读取的图层。没有导入任何内容；请提供{ReadableZh}。",
                $"The content of “{file}” is {foundEn}, not a layer that can be read. Nothing was taken; give {ReadableEn}."
            );

        public static Problem UnknownKind(string file, string firstBytes) =>
            new(
                "files.unknown-kind",
                $"无法识别文件“{file}”的格式（开头字节为 {firstBytes}）。没有导入任何内容；请提供{ReadableZh}。",
                $"The format of “{file}” is not known (its first bytes are {firstBytes}). Nothing was taken; give {ReadableEn}."
            );

        public static Problem LimitExceeded(string file, string whatZh, string whatEn, long found, long limit) =>
            new(
                "files.limit-exceeded",
                $"文件“{file}”中{whatZh}为 {Number(found)}，超过上限 {Number(limit)}。没有导入任何内容；请拆分后分别导入。",
                $"In “{file}” {whatEn} is {Number(found)}, above the limit of {Number(limit)}. Nothing was taken; split the file and import the parts."
            );

        public static Problem ChangedWhileReading(string file) =>
            new(
                "files.changed-while-reading",
                $"文件“{file}”在读取过程中被改动。没有导入任何内容；请关闭正在使用它的程序后重试。",
                $"The file “{file}” was changed while it was being read. Nothing was taken; close the program that uses it and try again."
            );

        // Archives

        public static Problem TruncatedArchive(string file, long length) =>
            new(
                "files.truncated-archive",
                $"压缩包“{file}”不完整：共 {Number(length)} 字节，但末尾没有目录，通常是传输中断所致。没有导入任何内容；请重新获取完整的压缩包。",
                $"The archive “{file}” is cut off: it has {Number(length)} bytes but no directory at its end, as after a broken transfer. Nothing was taken; get the whole archive again."
            );

        public static Problem DamagedArchive(string file, string entry, string reason) =>
            new(
                "files.damaged-archive",
                $"压缩包“{file}”中的“{entry}”已损坏（{reason}）。没有导入任何内容；请重新打包或重新获取。",
                $"The entry “{entry}” of the archive “{file}” is damaged ({reason}). Nothing was taken; pack it again or get it again."
            );

        public static Problem ArchiveBomb(string file, string entry, long unpacked, long limit, string ruleZh, string ruleEn) =>
            new(
                "files.archive-bomb",
                $"压缩包“{file}”中的“{entry}”解压后达到 {Number(unpacked)}，超过{ruleZh}上限 {Number(limit)}，疑似压缩炸弹，已停止解压。没有导入任何内容；如确为正常数据，请先解压再导入 .shp。",
                $"Unpacking “{entry}” of the archive “{file}” reached {Number(unpacked)}, above the limit of {Number(limit)} for {ruleEn}: it looks like an archive bomb and was stopped. Nothing was taken; if the data are genuine, unpack them first and import the .shp."
            );

        public static Problem ArchivePath(string file, string entry) =>
            new(
                "files.archive-path",
                $"压缩包“{file}”中的条目“{entry}”指向压缩包之外的路径，可能被篡改。没有解压任何文件，没有导入任何内容；请向来源核实后重新打包。",
                $"The entry “{entry}” of the archive “{file}” points outside the archive; it may have been tampered with. Nothing was taken, nothing unpacked; ask its sender and pack it again."
            );

        public static Problem NestedArchive(string file, string entry) =>
            new(
                "files.nested-archive",
                $"压缩包“{file}”里没有图层，只有另一个压缩包“{entry}”。没有导入任何内容；请解开外层，直接导入里面的压缩包。",
                $"The archive “{file}” holds no layer but another archive, “{entry}”. Nothing was taken; unpack the outer one and import the inner one."
            );

        public static Problem EncryptedArchive(string file, string entry) =>
            new(
                "files.encrypted-archive",
                $"压缩包“{file}”中的“{entry}”设有密码。没有导入任何内容；请用密码解压后导入其中的文件。",
                $"The entry “{entry}” of the archive “{file}” is protected by a password. Nothing was taken; unpack it with the password and import the files inside."
            );

        public static Problem ArchiveWithoutLayers(string file, string entries) =>
            new(
                "files.archive-without-layers",
                $"压缩包“{file}”里没有可以读取的图层（其中有：{entries}）。没有导入任何内容；请检查是否打包了正确的文件。",
                $"The archive “{file}” holds no layer that can be read (it holds: {entries}). Nothing was taken; check that the right files were packed."
            );

        // Shapefiles

        public static Problem IncompleteShapefile(string file, string missing) =>
            new(
                "files.incomplete-shapefile",
                $"“{file}”缺少同名的 {missing}，无法读取图形。没有导入任何内容；请把 .shp、.shx、.dbf、.prj 放在一起再导入 .shp。",
                $"“{file}” lacks the {missing} of the same name, so that there is no geometry to read. Nothing was taken; put .shp, .shx, .dbf and .prj together and import the .shp."
            );

        public static Problem TruncatedShapefile(string file, long record, long expected, long found) =>
            new(
                "files.truncated-shapefile",
                $"“{file}”不完整：第 {Number(record)} 条记录需要读到第 {Number(expected)} 字节，而文件只有 {Number(found)} 字节。没有导入任何内容（缺少的图斑会改变比对结果）；请重新获取完整文件。",
                $"“{file}” is cut off: record {Number(record)} reaches to byte {Number(expected)} but the file has {Number(found)}. Nothing was taken (missing features would change every comparison); get the whole file again."
            );

        public static Problem DamagedShapefile(string file, long record, string reasonZh, string reasonEn) =>
            new(
                "files.damaged-shapefile",
                $"“{file}”第 {Number(record)} 条记录处已损坏：{reasonZh}。没有导入任何内容；请在制图软件中重新导出该图层。",
                $"“{file}” is damaged at record {Number(record)}: {reasonEn}. Nothing was taken; export the layer again from the mapping program."
            );

        public static Problem UnpairedRecords(string file, long shapes, long rows) =>
            new(
                "files.unpaired-records",
                $"“{file}”的 .shp 有 {Number(shapes)} 条图形，.dbf 却有 {Number(rows)} 条属性，无法一一对应。没有导入任何内容；请重新导出，不要单独编辑 .dbf。",
                $"“{file}” has {Number(shapes)} shapes in the .shp but {Number(rows)} rows in the .dbf; they cannot be paired. Nothing was taken; export the layer again, and do not edit the .dbf alone."
            );

        public static Problem TruncatedDbf(string file, long rows, long complete) =>
            new(
                "files.truncated-dbf",
                $"属性表“{file}”不完整：文件头写明 {Number(rows)} 行，实际只有 {Number(complete)} 行完整。没有导入任何内容；请重新获取完整文件。",
                $"The attribute table “{file}” is cut off: its header says {Number(rows)} rows, {Number(complete)} are complete. Nothing was taken; get the whole file again."
            );

        public static Problem DamagedDbf(string file, string reasonZh, string reasonEn) =>
            new(
                "files.damaged-dbf",
                $"属性表“{file}”已损坏：{reasonZh}。没有导入任何内容；请重新导出该图层。",
                $"The attribute table “{file}” is damaged: {reasonEn}. Nothing was taken; export the layer again."
            );

        // Text

        public static Problem UnknownEncoding(string name, string known) =>
            new(
                "files.unknown-encoding",
                $"不认识编码名“{name}”。没有导入任何内容；可用的名称有：{known}。",
                $"There is no encoding named “{name}”. Nothing was taken; names that can be used: {known}."
            );

        public static Problem WrongEncoding(
            string file,
            string encoding,
            string basisZh,
            string basisEn,
            string whereZh,
            string whereEn,
            string bytes,
            string? fitting
        ) =>
            new(
                "files.wrong-encoding",
                $"“{file}”的文字不能按 {encoding} 读取（{basisZh}）：{whereZh}的字节 {bytes} 无法解码。没有导入任何内容；"
                    + (
                        fitting is null
                            ? "请确认文件的编码，用 --encoding 指明。"
                            : $"全部文字按 {fitting} 可以解码，请核对后加上 --encoding {fitting}。"
                    ),
                $"The text of “{file}” cannot be read as {encoding} ({basisEn}): the bytes {bytes} in {whereEn} cannot be decoded. Nothing was taken; "
                    + (
                        fitting is null
                            ? "find out the encoding of the file and name it with --encoding."
                            : $"as {fitting} all of the text can be decoded: check that and add --encoding {fitting}."
                    )
            );

        // GeoPackage

        public static Problem NotGeoPackage(string file, string tables) =>
            new(
                "files.not-geopackage",
                $"“{file}”是 SQLite 数据库，但不是 GeoPackage（没有 gpkg_contents 等表；其中的表有：{tables}）。没有导入任何内容；请在制图软件中导出为 GeoPackage。",
                $"“{file}” is an SQLite database but not a GeoPackage (it lacks gpkg_contents and the like; its tables: {tables}). Nothing was taken; export it as a GeoPackage from the mapping program."
            );

        public static Problem DamagedGeoPackage(string file, string reason) =>
            new(
                "files.damaged-geopackage",
                $"GeoPackage“{file}”已损坏（{reason}）。没有导入任何内容；请重新导出或重新获取。",
                $"The GeoPackage “{file}” is damaged ({reason}). Nothing was taken; export it again or get it again."
            );

        public static Problem GeoPackageInUse(string file) =>
            new(
                "files.geopackage-in-use",
                $"GeoPackage“{file}”旁边还有未合并的 -wal 文件，说明仍被其他程序打开或没有正常关闭，现在读取会漏掉改动。没有导入任何内容；请在该程序中关闭图层后重试。",
                $"Beside the GeoPackage “{file}” lies a -wal file that was not merged: another program has it open or did not close it well, and reading now would miss changes. Nothing was taken; close the layer in that program and try again."
            );

        public static Problem GeoPackageWithoutLayers(string file) =>
            new(
                "files.geopackage-without-layers",
                $"GeoPackage“{file}”里没有矢量图层。没有导入任何内容；请检查是否导出了正确的文件。",
                $"The GeoPackage “{file}” holds no feature layer. Nothing was taken; check that the right file was exported."
            );

        // GeoJSON

        public static Problem DamagedGeoJson(string file, string placeZh, string placeEn, string reasonZh, string reasonEn) =>
            new(
                "files.damaged-geojson",
                $"“{file}”在{placeZh}处不是有效的 GeoJSON：{reasonZh}。没有导入任何内容；请重新导出。",
                $"“{file}” is not valid GeoJSON at {placeEn}: {reasonEn}. Nothing was taken; export it again."
            );

        public static Problem NotGeoJson(string file, string foundZh, string foundEn) =>
            new(
                "files.not-geojson",
                $"“{file}”是 JSON，但不是 GeoJSON（{foundZh}）。没有导入任何内容；请提供 FeatureCollection、Feature 或几何对象。",
                $"“{file}” is JSON but not GeoJSON ({foundEn}). Nothing was taken; give a FeatureCollection, a Feature or a geometry."
            );

        // Other texts

        public static Problem DamagedXml(string file, int line, int column, string reasonZh, string reasonEn) =>
            new(
                "files.damaged-xml",
                $"“{file}”第 {Number(line)} 行第 {Number(column)} 个字符处不是可以读取的 XML：{reasonZh}。没有导入任何内容；请重新导出该文件。",
                $"“{file}” is no XML that can be read at line {Number(line)}, character {Number(column)}: {reasonEn}. Nothing was taken; export the file again."
            );

        public static Problem DamagedVct(string file, int line, string reasonZh, string reasonEn) =>
            new(
                "files.damaged-vct",
                $"VCT 文件“{file}”第 {Number(line)} 行处有误：{reasonZh}。没有导入任何内容；请重新导出或重新获取该文件。",
                $"The VCT file “{file}” is wrong at line {Number(line)}: {reasonEn}. Nothing was taken; export it again or get it again."
            );

        public static Problem NoCoordinateTable(string file) =>
            new(
                "files.no-coordinate-table",
                $"“{file}”里没有坐标：没有一行写有 WKT 面，也没有同时标明 X 坐标（北）和 Y 坐标（东）或纬度和经度的表头及其下的坐标行。没有导入任何内容；请补上表头或数据行。",
                $"“{file}” holds no coordinates: no row with a WKT polygon, and no head that names X (north) and Y (east), or latitude and longitude, with rows below it. Nothing was taken; add the head or the rows."
            );

        public static Problem GdalMissing(string file, string kindZh, string kindEn, string package) =>
            new(
                "files.gdal-missing",
                $"“{file}”是{kindZh}，读取它需要 GDAL，而本机没有安装（软件包 {package}）。没有导入任何内容；请安装 {package}（如 apt install {package}），或先导出为 GeoPackage。",
                $"“{file}” is {kindEn}; reading it takes GDAL, which is not installed here (package {package}). Nothing was taken; install {package} (apt install {package}), or export the data as a GeoPackage first."
            );

        public static Problem GdalFailed(string file, string reason) =>
            new(
                "files.gdal-failed",
                $"GDAL 未能读出“{file}”：{reason}。没有导入任何内容；请在制图软件中导出为 GeoPackage（图纸请另存为 DXF）。",
                $"GDAL could not read “{file}”: {reason}. Nothing was taken; export it as a GeoPackage from the mapping program (a drawing as DXF)."
            );

        public static Problem DrawingVersion(string file, string mark, string release) =>
            new(
                "files.drawing-version",
                $"图纸“{file}”是 AutoCAD {release} 格式（{mark}），本机的 GDAL 只能读取 AutoCAD 2000 格式（AC1015）。没有导入任何内容；请另存为 DXF（推荐）或 AutoCAD 2000 的 DWG。",
                $"The drawing “{file}” is in the format of AutoCAD {release} ({mark}); GDAL here reads only that of AutoCAD 2000 (AC1015). Nothing was taken; save it as DXF (better) or as a DWG of AutoCAD 2000."
            );

        // Survey texts

        public static Problem NoPlots(string file) =>
            new(
                "files.no-plots",
                $"勘测定界文件“{file}”里没有地块：[地块坐标] 下没有界址点。没有导入任何内容；请重新导出该文件。",
                $"The survey text “{file}” holds no plot: no boundary point stands below [地块坐标]. Nothing was taken; export the file again."
            );

        public static Problem TruncatedCoordinates(string file, int plot, string title, int expected, int found) =>
            new(
                "files.truncated-coordinates",
                $"“{file}”不完整：最后一个地块（第 {Number(plot)} 个“{title}”）写明 {Number(expected)} 个界址点，文件在第 {Number(found)} 个之后就结束了。没有导入任何内容（缺少的地块会改变比对结果）；请重新获取完整文件。",
                $"“{file}” is cut off: its last plot (number {Number(plot)}, “{title}”) announces {Number(expected)} boundary points and the file ends after {Number(found)}. Nothing was taken (missing plots would change every comparison); get the whole file again."
            );

        // Layers, fields, conditions

        public static Problem NoSuchLayer(string file, string layer, string layers) =>
            new(
                "files.no-such-layer",
                $"“{file}”里没有名为“{layer}”的图层。没有导入任何内容；可选的图层有：{layers}。",
                $"“{file}” has no layer named “{layer}”. Nothing was taken; its layers are: {layers}."
            );

        public static Problem SeveralLayers(string file, string layers) =>
            new(
                "files.several-layers",
                $"“{file}”里有多个面图层：{layers}。没有导入任何内容；请用 --layer 指明其中一个。",
                $"“{file}” has several polygon layers: {layers}. Nothing was taken; name one with --layer."
            );

        public static Problem NoPolygons(string file, string layer, string foundZh, string foundEn) =>
            new(
                "files.no-polygons",
                $"“{file}”的图层“{layer}”里没有面（{foundZh}）。没有导入任何内容；请提供面图层。",
                $"The layer “{layer}” of “{file}” holds no polygon ({foundEn}). Nothing was taken; give a polygon layer."
            );

        public static Problem NothingUsable(string file, string layer, long refused, string firstZh, string firstEn) =>
            new(
                "files.nothing-usable",
                $"“{file}”的图层“{layer}”中 {Number(refused)} 个要素没有一个可用；第一个的原因：{firstZh}。没有导入任何内容；请修正后重新导出。",
                $"Of the {Number(refused)} features of layer “{layer}” of “{file}” none can be used; of the first because: {firstEn}. Nothing was taken; mend the layer and export it again."
            );

        public static Problem NothingSelected(string file, string layer, string where) =>
            new(
                "files.nothing-selected",
                $"“{file}”的图层“{layer}”中没有满足条件“{where}”的要素。没有导入任何内容；请检查条件。",
                $"No feature of layer “{layer}” of “{file}” meets the condition “{where}”. Nothing was taken; check the condition."
            );

        public static Problem FilterSyntax(string filter, int position, string foundZh, string foundEn) =>
            new(
                "files.filter-syntax",
                $"条件“{filter}”第 {position} 个字符处有误：{foundZh}。没有导入任何内容；写法如：DLBM = '0101' AND (BZ IS NULL OR TBMJ >= 100)。",
                $"The condition “{filter}” is wrong at character {position}: {foundEn}. Nothing was taken; write it like: DLBM = '0101' AND (BZ IS NULL OR TBMJ >= 100)."
            );

        public static Problem FilterField(string filter, int position, string field, string fields) =>
            new(
                "files.filter-field",
                $"条件“{filter}”第 {position} 个字符处的字段“{field}”不存在。没有导入任何内容；该图层的字段有：{fields}。",
                $"The field “{field}” at character {position} of the condition “{filter}” does not exist. Nothing was taken; the fields of the layer are: {fields}."
            );

        public static Problem MapSyntax(string pair) =>
            new(
                "files.map-syntax",
                $"--map“{pair}”写法不对。没有导入任何内容；写法如：number=JCBH 或 code=DLBM,DLDM。",
                $"--map “{pair}” is not written rightly. Nothing was taken; write number=JCBH or code=DLBM,DLDM."
            );

        public static Problem MapField(string field, string fields) =>
            new(
                "files.map-field",
                $"--map 中的“{field}”不是可映射的字段。没有导入任何内容；可映射的有：{fields}。",
                $"“{field}” in --map is no field that can be mapped. Nothing was taken; these can be mapped: {fields}."
            );

        public static Problem MapColumn(string layer, string column, string columns) =>
            new(
                "files.map-column",
                $"--map 指定的列“{column}”在图层“{layer}”中不存在。没有导入任何内容；该图层的列有：{columns}。",
                $"The column “{column}” that --map names is not in the layer “{layer}”. Nothing was taken; its columns are: {columns}."
            );

        public static Problem CrsUndecided(string file, string layer, string howZh, string howEn) =>
            new(
                "files.crs-undecided",
                $"“{file}”的图层“{layer}”坐标系无法确定：{howZh}。没有导入任何内容；请核实后用 --crs EPSG:代号 指明。",
                $"The coordinate system of layer “{layer}” of “{file}” cannot be decided: {howEn}. Nothing was taken; find out and name it with --crs EPSG:number."
            );

        public static Problem TransformationSyntax(string file, int line, string reasonZh, string reasonEn) =>
            new(
                "files.transformation-syntax",
                $"--transform 的文件“{file}”{(line == 0 ? "" : $"第 {line} 行")}写法不对：{reasonZh}。没有导入任何内容；写法见 docs/examples。",
                $"The file “{file}” of --transform is not written rightly{(line == 0 ? "" : $" in line {line}")}: {reasonEn}. Nothing was taken; docs/examples shows how."
            );

        public static Problem UnknownRole(string role, string roles) =>
            new(
                "files.unknown-role",
                $"没有名为“{role}”的图层角色。没有导入任何内容；可用的角色有：{roles}。",
                $"There is no layer role named “{role}”. Nothing was taken; the roles are: {roles}."
            );

        // The layer store

        public static Problem NoSuchStoredLayer(string id) =>
            new(
                "files.no-such-stored-layer",
                $"图层库中没有标识为 {id} 的图层。请用 weipian layer list 查看现有图层；如果是从备份恢复的，请确认 layers 目录也已恢复。",
                $"The layer store has no layer {id}. See weipian layer list for those it has; after a restore, make sure that the folder layers was restored too.",
                status: 404
            );

        public static Problem StoredLayerDamaged(string id, string reasonZh, string reasonEn) =>
            new(
                "files.stored-layer-damaged",
                $"图层库中的图层 {id} 已损坏：{reasonZh}。没有改动任何内容；请从备份恢复该图层，或重新导入原始文件。",
                $"The layer {id} of the store is damaged: {reasonEn}. Nothing was changed; restore the layer from a backup or import its original again."
            );

        // Writing

        public static Problem ValueDoesNotFit(string file, long record, string field, string value, int width) =>
            new(
                "files.value-does-not-fit",
                $"写入“{file}”时，第 {Number(record)} 条记录字段“{field}”的值“{value}”超过宽度 {width}。文件没有写出；请加宽该字段或改用 GeoPackage。",
                $"Writing “{file}”: the value “{value}” of field “{field}” in record {Number(record)} is wider than {width}. No file was written; widen the field or write a GeoPackage."
            );

        public static Problem UnencodableText(string file, long record, string field, string value, string encoding) =>
            new(
                "files.unencodable-text",
                $"写入“{file}”时，第 {Number(record)} 条记录字段“{field}”的值“{value}”不能用 {encoding} 表示。文件没有写出；请改用 GB18030、UTF-8 或 GeoPackage。",
                $"Writing “{file}”: the value “{value}” of field “{field}” in record {Number(record)} cannot be written in {encoding}. No file was written; use GB18030, UTF-8 or a GeoPackage."
            );

        public static Problem UnknownOutput(string file, string known) =>
            new(
                "files.unknown-output",
                $"不知道“{file}”应写成什么格式：按扩展名可写 {known}。文件没有写出；请改用其中一个扩展名。",
                $"It is not known in which format “{file}” is to be written: by extension {known} can be written. No file was written; use one of these."
            );

        public static Problem WriteLimit(string file, string limitZh, string limitEn) =>
            new(
                "files.write-limit",
                $"写入“{file}”时超过了该格式的限制：{limitZh}。文件没有写出；请改用 GeoPackage 或分开写出。",
                $"Writing “{file}” exceeds a limit of its format: {limitEn}. No file was written; use a GeoPackage or write it in parts."
            );

        private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
    }
}
