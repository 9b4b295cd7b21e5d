namespace Weipian.Flow.Verification;

/// <summary>What may be brought as evidence: pictures and PDF, told by their bytes, never by their name.</summary>
public static class EvidenceContent
{
    /// <summary>Largest file, bytes.</summary>
    public const long FileBytesMax = 16 * 1024 * 1024;

    /// <summary>Most files of one visit.</summary>
    public const int FilesMax = 40;
    private const int NameCharactersMax = 200;

    /// <summary>The kind of content, or null when it is none that is taken.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> content) =>
        content.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : content.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? "image/webp"
        : content.StartsWith("%PDF-"u8) ? "application/pdf"
        : null;

    /// <summary>A name without folders and control characters, so long as a list can show.</summary>
    public static string NameOf(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        name = string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        return name.Length == 0 ? "photo"
            : name.Length > NameCharactersMax ? name[^NameCharactersMax..]
            : name;
    }

    /// <exception cref="Problem"><c>verification.too-many-files</c>, <c>verification.file-too-large</c>,
    /// <c>verification.file-not-taken</c></exception>
    public static void Require(IReadOnlyList<RecordVisit.Attachment> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count > FilesMax)
            throw Problem.Verification.TooManyFiles(files.Count, FilesMax);
        foreach (var file in files)
        {
            if (file.Content.Length > FileBytesMax)
                throw Problem.Verification.FileTooLarge(NameOf(file.FileName), file.Content.Length, FileBytesMax);
            if (TypeOf(file.Content.Span) is null)
                throw Problem.Verification.FileNotTaken(NameOf(file.FileName));
        }
    }
}
