namespace Weipian.Tests.Flow.Verification;

/// <summary>The smallest files that are what they say.</summary>
public static class Photos
{
    /// <summary>The beginning and the end of a JPEG, and nothing between them.</summary>
    public static byte[] Bare { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x04, 0x00, 0x00, 0xFF, 0xD9];

    /// <summary>The same with a comment, so that two of them differ.</summary>
    public static byte[] With(byte comment) => [0xFF, 0xD8, 0xFF, 0xFE, 0x00, 0x03, comment, 0xFF, 0xD9];

    public static byte[] Pdf { get; } = "%PDF-1.4\n%%EOF"u8.ToArray();

    public static byte[] Program { get; } = "MZ this is no photograph"u8.ToArray();
}
