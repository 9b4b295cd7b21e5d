using System.Text;
using System.Xml;

namespace Weipian.GeoFiles;

/// <summary>Opens XML of strangers: no document type, hence no entities; nothing fetched; length and depth bounded.</summary>
internal sealed class GuardedXml : IDisposable
{
    /// <summary>No format that is read nests deeper; what does was made to hurt.</summary>
    private const int DepthMax = 64;

    private readonly FilePart file;
    private readonly FileStream stream;

    /// <exception cref="Problem">files.limit-exceeded, files.unreadable</exception>
    public GuardedXml(FilePart file)
    {
        this.file = file;
        _ = TextEncodings.Gbk; // so that an XML declaration may name it
        if (file.Length > FileText.BytesMax)
            throw Problem.Files.LimitExceeded(
                file.Name,
                "文本长度（字节）",
                "the length of the text in bytes",
                file.Length,
                FileText.BytesMax
            );
        stream = file.Open();
        Reader = XmlReader.Create(
            stream,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = FileText.BytesMax,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            }
        );
    }

    public XmlReader Reader { get; }

    /// <summary>The encoding that the document states, or UTF-8.</summary>
    public string Encoding { get; private set; } = "UTF-8";

    /// <summary>The next node; false at the end.</summary>
    /// <exception cref="Problem">files.damaged-xml, files.limit-exceeded</exception>
    public bool Next()
    {
        try
        {
            if (!Reader.Read())
                return false;
            if (Reader.NodeType == XmlNodeType.XmlDeclaration && Reader.GetAttribute("encoding") is { Length: > 0 } stated)
                Encoding = TextEncodings.Find(stated) is { } known ? TextEncodings.NameOf(known) : stated;
        }
        catch (Exception fault) when (IsDamage(fault))
        {
            throw Damaged(fault);
        }
        return Reader.Depth <= DepthMax
            ? true
            : throw Problem.Files.LimitExceeded(file.Name, "XML 嵌套层数", "the depth of the XML", Reader.Depth, DepthMax);
    }

    /// <summary>The text of the node. A long one is read from the file only now, so it may turn out damaged here.</summary>
    /// <exception cref="Problem">files.damaged-xml</exception>
    public string Value()
    {
        try
        {
            return Reader.Value;
        }
        catch (Exception fault) when (IsDamage(fault))
        {
            throw Damaged(fault);
        }
    }

    public void Dispose()
    {
        Reader.Dispose();
        stream.Dispose();
    }

    private static bool IsDamage(Exception fault) =>
        fault is XmlException or DecoderFallbackException or ArgumentException or InvalidOperationException;

    private Problem Damaged(Exception fault)
    {
        var (line, column) = fault is XmlException at ? (at.LineNumber, at.LinePosition) : (0, 0);
        return fault.Message.Contains("DTD", StringComparison.Ordinal)
            ? Problem.Files.DamagedXml(
                file.Name,
                line,
                column,
                "带有文档类型定义（DTD），其中的实体可能无限展开",
                "it has a document type (DTD), whose entities may expand without end"
            )
            : Problem.Files.DamagedXml(file.Name, line, column, fault.Message, fault.Message);
    }
}
