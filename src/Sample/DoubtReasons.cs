namespace Weipian.Sample;

/// <summary>Why a patch of the sample ends doubtful (存疑). Stable words of <c>truth.json</c>.</summary>
public static class DoubtReasons
{
    /// <summary>Approved between the two images and nobody proved when works started (TC3).</summary>
    public const string StartOfWorksUnknown = "start-of-works-unknown";

    /// <summary>The issued record lacks an image date.</summary>
    public const string ImageDateMissing = "image-date-missing";

    /// <summary>Nothing covers the patch and nobody has been there.</summary>
    public const string NotVisited = "not-visited";

    /// <summary>No land-use version was in force at the date before.</summary>
    public const string LandUseMissing = "land-use-missing";

    /// <summary>The evidence that the verdict requires is not there (width of a road, interior of a shed, a filing number).</summary>
    public const string EvidenceMissing = "evidence-missing";

    /// <summary>Evidence contradicts what is held.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>All reasons.</summary>
    public static IReadOnlyList<string> All { get; } =
    [StartOfWorksUnknown, ImageDateMissing, NotVisited, LandUseMissing, EvidenceMissing, Contradiction];
}
