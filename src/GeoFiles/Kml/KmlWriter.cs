using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Weipian.GeoFiles;

/// <summary>Writes KML 2.2: longitude, latitude in degrees, columns as extended data; a path ending in <c>.kmz</c> gives a KMZ.</summary>
public static class KmlWriter
{
    private const string Namespace = "http://www.opengis.net/kml/2.2";

    // What a placemark is called: the first of these columns, else the first column.
    private static readonly string[] Naming = ["JCBH", "number", "TBBH", "DKBH", "地块编号", "name"];

    /// <param name="features">In degrees.</param>
    /// <returns>How many features were written.</returns>
    /// <exception cref="Problem">files.unencodable-text: no file is left then</exception>
    public static long Write(string path, string name, IReadOnlyList<WrittenField> fields, IEnumerable<WrittenFeature> features)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(features);
        using var unfinished = new UnfinishedFile(path);
        long written;
        using (var stream = File.Create(unfinished.Path))
            if (Path.GetExtension(path).Equals(".kmz", StringComparison.OrdinalIgnoreCase))
            {
                using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
                using var entry = zip.CreateEntry("doc.kml").Open();
                written = Document(entry, Path.GetFileName(path), name, fields, features);
            }
            else
                written = Document(stream, Path.GetFileName(path), name, fields, features);
        unfinished.Complete();
        return written;
    }

    private static long Document(
        Stream stream,
        string file,
        string name,
        IReadOnlyList<WrittenField> fields,
        IEnumerable<WrittenFeature> features
    )
    {
        using var xml = XmlWriter.Create(
            stream,
            new XmlWriterSettings
            {
                Encoding = new UTF8Encoding(false),
                Indent = true,
                NewLineChars = "\n",
            }
        );
        var naming = Array.FindIndex([.. fields], field => Naming.Contains(field.Name, StringComparer.OrdinalIgnoreCase));
        var written = 0L;
        xml.WriteStartElement("kml", Namespace);
        xml.WriteStartElement("Document", Namespace);
        xml.WriteElementString("name", Namespace, name);
        foreach (var feature in features)
        {
            written++;
            xml.WriteStartElement("Placemark", Namespace);
            if (fields.Count > 0)
                xml.WriteElementString("name", Namespace, Text(feature, Math.Max(naming, 0)));
            xml.WriteStartElement("ExtendedData", Namespace);
            for (var i = 0; i < fields.Count; i++)
                if (feature.Values[i] is not null)
                {
                    xml.WriteStartElement("Data", Namespace);
                    xml.WriteAttributeString("name", fields[i].Name);
                    xml.WriteElementString("value", Namespace, Text(feature, i));
                    xml.WriteEndElement();
                }
            xml.WriteEndElement();
            Geometry(xml, feature.Polygons);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
        return written;

        string Text(WrittenFeature feature, int field)
        {
            var text = ValueText.Of(feature.Values[field]) ?? "";
            return IsXml(text) ? text : throw Problem.Files.UnencodableText(file, written, fields[field].Name, text, "XML");
        }
    }

    private static bool IsXml(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (!XmlConvert.IsXmlChar(text[i]))
                return false;
        return true;
    }

    private static void Geometry(XmlWriter xml, IReadOnlyList<WrittenPolygon> polygons)
    {
        if (polygons.Count > 1)
            xml.WriteStartElement("MultiGeometry", Namespace);
        foreach (var polygon in polygons)
        {
            xml.WriteStartElement("Polygon", Namespace);
            Ring(xml, "outerBoundaryIs", Rings.Turned(polygon.Shell, counterClockwise: true));
            foreach (var hole in polygon.Holes)
                Ring(xml, "innerBoundaryIs", Rings.Turned(hole, counterClockwise: false));
            xml.WriteEndElement();
        }
        if (polygons.Count > 1)
            xml.WriteEndElement();
    }

    private static void Ring(XmlWriter xml, string role, double[] ring)
    {
        xml.WriteStartElement(role, Namespace);
        xml.WriteStartElement("LinearRing", Namespace);
        xml.WriteStartElement("coordinates", Namespace);
        for (var i = 0; i + 1 < ring.Length; i += 2)
            xml.WriteString(string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : " ")}{ring[i]:R},{ring[i + 1]:R}"));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
