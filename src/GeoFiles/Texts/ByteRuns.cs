namespace Weipian.GeoFiles;

/// <summary>Tells Western text from Chinese by how bytes above 127 stand together, where nothing says the encoding.</summary>
/// <remarks>
/// Almost any bytes are valid GB18030, those of <c>Côte</c> and <c>São</c> too. In Western text a lone byte follows a letter; Chinese
/// text has runs of two characters, which are four bytes, somewhere.
/// </remarks>
internal struct ByteRuns
{
    private const int TwoCharacters = 4;

    private long lone;
    private long pairs;
    private long chinese;

    public void Add(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] < 0x80)
                continue;
            var start = at;
            while (at < text.Length && text[at] >= 0x80)
                at++;
            if (at - start >= TwoCharacters)
                chinese++;
            else if (at - start == 2)
                pairs++;
            else if (at - start == 1 && start > 0 && char.IsAsciiLetter((char)text[start - 1]))
                lone++;
        }
    }

    public readonly bool LookWestern => lone > 0 && chinese == 0 && pairs <= lone;
}
