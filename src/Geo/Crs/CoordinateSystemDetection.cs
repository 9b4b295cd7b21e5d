namespace Weipian.Geo;

public sealed record Detection(
    CoordinateSystem? Chosen,
    IReadOnlyList<CoordinateSystem> Candidates,
    bool AxesSwapped,
    string Zh,
    string En
);

public static class CoordinateSystemDetection
{
    /// <param name="within">Where the data must lie, degrees CGCS2000 (the district of the plan), to leave one candidate.</param>
    public static Detection Detect(string? prjText, int? epsgHint, Extent extent, Extent? within = null) =>
        throw new NotImplementedException();

    /// <summary>For <c>--crs assume</c>: as <see cref="Detect"/>, but Beijing 1954 and Xi'an 1980 are taken as CGCS2000 of the same zone.</summary>
    public static Detection DetectAssuming(string? prjText, int? epsgHint, Extent extent, Extent? within = null) =>
        throw new NotImplementedException();
}
