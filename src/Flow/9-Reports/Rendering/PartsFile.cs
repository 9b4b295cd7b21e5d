using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Weipian.Flow.Reports;

/// <summary>A zip of named parts, the same bytes for the same parts: no clock stands in it.</summary>
internal static class PartsFile
{
    // The earliest time that a zip can hold.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Of(IEnumerable<(string Name, byte[] Content)> parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
            foreach (var (name, content) in parts)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = EntryTime;
                using var to = entry.Open();
                to.Write(content);
            }
        return stream.ToArray();
    }

    public static byte[] Xml(XElement root)
    {
        using var stream = new MemoryStream();
        var form = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = false };
        using (var writer = XmlWriter.Create(stream, form))
            new XDocument(new XDeclaration("1.0", "UTF-8", "yes"), root).Save(writer);
        return stream.ToArray();
    }

    public static byte[] Types(params IEnumerable<(string Part, string Type)> overrides)
    {
        XNamespace ns = "http://schemas.openxmlformats.org/package/2006/content-types";
        return Xml(
            new XElement(
                ns + "Types",
                Default("rels", "application/vnd.openxmlformats-package.relationships+xml"),
                Default("xml", "application/xml"),
                overrides.Select(o => new XElement(
                    ns + "Override",
                    new XAttribute("PartName", o.Part),
                    new XAttribute("ContentType", o.Type)
                ))
            )
        );

        XElement Default(string extension, string type) =>
            new(ns + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type));
    }

    public static byte[] Relations(params IEnumerable<(string Id, string Kind, string Target)> relations)
    {
        XNamespace ns = "http://schemas.openxmlformats.org/package/2006/relationships";
        const string Kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        return Xml(
            new XElement(
                ns + "Relationships",
                relations.Select(r => new XElement(
                    ns + "Relationship",
                    new XAttribute("Id", r.Id),
                    new XAttribute("Type", Kinds + r.Kind),
                    new XAttribute("Target", r.Target)
                ))
            )
        );
    }
}
