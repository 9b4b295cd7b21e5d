using Weipian.Imagery;

namespace Weipian.Web.Reading;

/// <summary>Stable words for why a pair of images says nothing.</summary>
public static class ImageWords
{
    public static string Silence(ChangeSilence why) =>
        why switch
        {
            ChangeSilence.NoData => "no-data",
            ChangeSilence.Cloud => "cloud",
            ChangeSilence.TooFewPixels => "too-few-pixels",
            ChangeSilence.Misplaced => "misplaced",
            ChangeSilence.NoRing => "no-ring",
            _ => "",
        };
}
