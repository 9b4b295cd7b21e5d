namespace Weipian.Geo;

/// <summary>Between two vertices of a ring, which line is the boundary? Areas depend on the answer, so every result names it.</summary>
public enum AreaConvention
{
    /// <summary>
    /// The statutory formula applied to the vertices as given: an edge is straight in the statutory plane. Pieces of a partition add
    /// up exactly. The default.
    /// </summary>
    Formula,

    /// <summary>An edge is straight in the coordinate system of the source; vertices are added until that is so within 1e-5 m.</summary>
    Source,
}
