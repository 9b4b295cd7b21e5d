using System.Globalization;
using System.Xml;

namespace Weipian.Imagery;

/// <summary>Reads the names of bands out of the metadata that GDAL writes into a TIFF (tag 42112), where there are any.</summary>
/// <remarks>A name helps and is never needed: metadata that cannot be read name nothing.</remarks>
internal static class BandNames
{
    private const int CharactersMax = 1 << 20;

    /// <returns>One entry for each band, null where it has no name.</returns>
    public static string?[] Of(TiffDirectory directory, int bands)
    {
        var names = new string?[bands];
        var text = directory.Text(TiffTags.Metadata);
        if (text.Length is 0 or > CharactersMax)
            return names;
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), settings);
            while (reader.Read())
                if (reader.NodeType == XmlNodeType.Element && reader.Name == "Item")
                    Take(reader, names);
        }
        catch (XmlException)
        {
            return names;
        }
        return names;
    }

    private static void Take(XmlReader reader, string?[] names)
    {
        var (role, sample) = (reader.GetAttribute("role"), reader.GetAttribute("sample"));
        if (role is not ("description" or "colorinterp"))
            return;
        if (!int.TryParse(sample, NumberStyles.None, CultureInfo.InvariantCulture, out var band) || band >= names.Length)
            return;
        var value = reader.ReadString().Trim();
        // What somebody wrote goes before what a program marked.
        if (value.Length > 0 && (role == "description" || names[band] is null))
            names[band] = value;
    }
}
