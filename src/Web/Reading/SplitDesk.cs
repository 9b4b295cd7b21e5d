using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>What a line drawn over a parcel would make of it, before anybody signs for it.</summary>
public sealed class SplitDesk(OfficeBooks books, ProgrammeRows rows)
{
    private static readonly GeometryFactory Degrees = new(new PrecisionModel(), 4490);

    /// <param name="line">Longitude, latitude, longitude … degrees.</param>
    /// <exception cref="Problem"><c>web.no-such-patch</c>, <c>determination.no-such-parcel</c>,
    /// <c>determination.line-does-not-divide</c></exception>
    public async Task<SplitPreview> PreviewAsync(Guid patch, Guid parcel, double[] line, Sight sight, CancellationToken stop)
    {
        await rows.SeenAsync(patch, sight, stop);
        return await PreviewAsync(parcel, line, stop);
    }

    /// <summary>The same for whoever has the parcel on the screen already.</summary>
    /// <exception cref="Problem"><c>determination.no-such-parcel</c>, <c>determination.line-does-not-divide</c></exception>
    public async Task<SplitPreview> PreviewAsync(Guid parcel, double[] line, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var found =
            await db.Parcels.SingleOrDefaultAsync(p => p.Id == parcel, stop) ?? throw Problem.Determination.NoSuchParcel(parcel.ToString());
        var whole = await db.Patches.SingleAsync(p => p.Id == found.PatchId, stop);
        var corners = line.Chunk(2).Select(c => new Coordinate(c[0], c[1])).ToArray();
        return SplitPreview.Of(whole, found, Degrees.CreateLineString(corners));
    }
}
