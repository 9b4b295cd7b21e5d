using System.Globalization;
using Weipian.Web.Reading;

namespace Weipian.Web.Serving;

/// <summary>What the server is told about images.</summary>
/// <param name="ChipBytesMax">All kept chips together; those longest not asked for go first.</param>
/// <param name="ModelPath">An ONNX file of a change model that somebody brought; <c>null</c> for none.</param>
/// <param name="LibraryPath">The native library of ONNX Runtime; <c>null</c> looks beside the program.</param>
public sealed record ImageSettings(long ChipBytesMax, string? ModelPath, string? LibraryPath)
{
    public const string ChipsSetting = "WEIPIAN_CHIPS_MB_MAX";
    public const string ModelSetting = "WEIPIAN_CHANGE_MODEL";
    public const string LibrarySetting = "WEIPIAN_ONNX_RUNTIME";
    private const long Megabyte = 1024 * 1024;
    private const long MegabytesOtherwise = 512;

    /// <exception cref="Problem"><c>web.bad-setting</c></exception>
    public static ImageSettings Read() => Read(Environment.GetEnvironmentVariable);

    /// <exception cref="Problem"><c>web.bad-setting</c></exception>
    public static ImageSettings Read(Func<string, string?> get)
    {
        ArgumentNullException.ThrowIfNull(get);
        string? Set(string name) => get(name) is { Length: > 0 } value ? value.Trim() : null;
        return new(Megabytes(Set(ChipsSetting)) * Megabyte, Set(ModelSetting), Set(LibrarySetting));
    }

    private static long Megabytes(string? value) =>
        value is null ? MegabytesOtherwise
        : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1_000_000_000 ? count
        : throw Problem.Web.BadSetting(ChipsSetting, value, "兆字节数，如 512", "a number of megabytes such as 512");
}

/// <summary>What serves images: chips, change, and how far it can be trusted.</summary>
internal static class ImageServices
{
    public static void AddImages(this IServiceCollection services)
    {
        services.AddSingleton(ImageSettings.Read());
        services.AddSingleton<ImageShelf>();
        services.AddSingleton<ChangeDesk>();
        services.AddSingleton<ReliabilityDesk>();
    }
}
