namespace Weipian.Geo;

/// <summary>A point of the statutory plane, metres. Two points are one when their numbers are equal.</summary>
internal readonly record struct PlanePoint(double X, double Y);

/// <summary>One ring in two sets of coordinates, vertex by vertex: degrees, which are kept, and plane metres, in which it is
/// judged.</summary>
/// <remarks>Open: the last vertex leads back to the first and is not repeated.</remarks>
internal sealed class PlaneRing
{
    private double[] longitude,
        latitude,
        x,
        y;

    /// <summary>Rings that were read and are no longer needed, for the next feature of this thread: a layer has millions.</summary>
    [ThreadStatic]
    private static Stack<PlaneRing>? spare;

    private const int SpareRingsMax = 64;
    private const int SpareVerticesMax = 1 << 13;

    /// <param name="capacity">So many vertices are expected; there may be more.</param>
    public PlaneRing(int capacity = 16)
    {
        capacity = Math.Max(capacity, 4);
        (longitude, latitude, x, y) = (new double[capacity], new double[capacity], new double[capacity], new double[capacity]);
    }

    /// <summary>An empty ring: one that was given back, or a new one.</summary>
    public static PlaneRing Take(int capacity) => spare is not null && spare.TryPop(out var ring) ? ring : new PlaneRing(capacity);

    /// <summary>Gives a ring back to the thread. Nobody may look at it afterwards.</summary>
    public void GiveBack()
    {
        spare ??= new Stack<PlaneRing>();
        if (spare.Count >= SpareRingsMax || x.Length > SpareVerticesMax)
            return;
        Count = 0;
        spare.Push(this);
    }

    public int Count { get; private set; }

    public ReadOnlySpan<double> X => x.AsSpan(0, Count);

    public ReadOnlySpan<double> Y => y.AsSpan(0, Count);

    public (double Longitude, double Latitude) Degrees(int vertex) => (longitude[vertex], latitude[vertex]);

    public PlanePoint this[int vertex] => new(x[vertex], y[vertex]);

    /// <summary>The box in the plane.</summary>
    public Extent Box
    {
        get
        {
            var box = Extent.Empty;
            for (var i = 0; i < Count; i++)
                box = box.Including(x[i], y[i]);
            return box;
        }
    }

    /// <summary>Area in the plane, m²: positive when the ring runs counter-clockwise. A ring that crosses itself gives the difference of
    /// its lobes.</summary>
    public double SignedArea
    {
        get
        {
            double sum = 0;
            for (var i = 2; i < Count; i++)
                sum += (x[i - 1] - x[0]) * (y[i] - y[0]) - (x[i] - x[0]) * (y[i - 1] - y[0]);
            return sum / 2;
        }
    }

    public void Add(double lon, double lat) => Add(lon, lat, StatutoryPlane.FromGeographic(lon, lat));

    public void Add(double lon, double lat, (double X, double Y) plane)
    {
        if (Count == x.Length)
        {
            Array.Resize(ref longitude, 2 * Count);
            Array.Resize(ref latitude, 2 * Count);
            Array.Resize(ref x, 2 * Count);
            Array.Resize(ref y, 2 * Count);
        }
        (longitude[Count], latitude[Count], x[Count], y[Count]) = (lon, lat, plane.X, plane.Y);
        Count++;
    }

    /// <summary>Room for so many vertices of a ring that is empty; they count after <see cref="MapToPlane"/>.</summary>
    public (double[] Longitude, double[] Latitude) Room(int vertices)
    {
        if (x.Length < vertices)
        {
            var size = Math.Max(vertices, Math.Min(2 * x.Length, SpareVerticesMax));
            (longitude, latitude, x, y) = (new double[size], new double[size], new double[size], new double[size]);
        }
        return (longitude, latitude);
    }

    /// <summary>Maps the first vertices in <see cref="Room"/> into the plane, all at once: the ring is made of them.</summary>
    public void MapToPlane(int vertices)
    {
        StatutoryPlane.ManyFromGeographic(longitude.AsSpan(0, vertices), latitude.AsSpan(0, vertices), x, y);
        Count = vertices;
    }

    /// <summary>Drops vertices that repeat the one before them and notes where.</summary>
    public void DropRepeated(RepairNotes notes)
    {
        var kept = Math.Min(Count, 1);
        for (var i = kept; i < Count; i++)
        {
            if (this[i] == this[kept - 1])
            {
                notes.Add(RepairKind.DuplicatePoint, Degrees(i));
                continue;
            }
            if (kept < i)
                (longitude[kept], latitude[kept], x[kept], y[kept]) = (longitude[i], latitude[i], x[i], y[i]);
            kept++;
        }
        Count = kept;
    }

    public void RemoveLast() => Count--;

    /// <summary>True when a ray from the point westwards crosses the ring an odd number of times. The point must not lie on the
    /// ring.</summary>
    public bool Holds(PlanePoint point)
    {
        var inside = false;
        for (int i = 0, j = Count - 1; i < Count; j = i++)
        {
            if (y[i] > point.Y == y[j] > point.Y || Math.Min(x[i], x[j]) > point.X)
                continue;
            var (low, high) = y[i] < y[j] ? (this[i], this[j]) : (this[j], this[i]);
            if (Math.Max(x[i], x[j]) < point.X || Segments.Orientation(low, high, point) < 0)
                inside = !inside;
        }
        return inside;
    }

    /// <summary>True for a simple ring that runs counter-clockwise, exactly: by the turn at its lowest vertex.</summary>
    public bool IsCounterClockwise()
    {
        var lowest = 0;
        for (var i = 1; i < Count; i++)
            if (y[i] < y[lowest] || (y[i] == y[lowest] && x[i] < x[lowest]))
                lowest = i;
        return Segments.Orientation(this[(lowest + Count - 1) % Count], this[lowest], this[(lowest + 1) % Count]) > 0;
    }

    /// <summary>The closed list of vertices as interleaved longitude, latitude; turned round when <paramref name="reverse"/>.</summary>
    public double[] ToClosedDegrees(bool reverse) => ToClosedPairs(longitude, latitude, reverse);

    /// <summary>The same vertices as interleaved x, y.</summary>
    public double[] ToClosedPlane(bool reverse) => ToClosedPairs(x, y, reverse);

    /// <summary>As <see cref="ToClosedDegrees"/>, into memory of the caller.</summary>
    public void WriteClosedDegrees(Span<double> pairs, bool reverse) => WriteClosedPairs(longitude, latitude, reverse, pairs);

    /// <summary>As <see cref="ToClosedPlane"/>, into memory of the caller.</summary>
    public void WriteClosedPlane(Span<double> pairs, bool reverse) => WriteClosedPairs(x, y, reverse, pairs);

    /// <summary>Numbers of the closed list of vertices.</summary>
    public int ClosedLength => 2 * Count + 2;

    private double[] ToClosedPairs(double[] first, double[] second, bool reverse)
    {
        var pairs = GC.AllocateUninitializedArray<double>(ClosedLength);
        WriteClosedPairs(first, second, reverse, pairs);
        return pairs;
    }

    private void WriteClosedPairs(double[] first, double[] second, bool reverse, Span<double> pairs)
    {
        pairs = pairs[..ClosedLength];
        (pairs[0], pairs[1]) = (pairs[^2], pairs[^1]) = (first[0], second[0]);
        if (reverse)
            for (var i = 1; i < Count; i++)
                (pairs[2 * i], pairs[2 * i + 1]) = (first[Count - i], second[Count - i]);
        else
            for (var i = 1; i < Count; i++)
                (pairs[2 * i], pairs[2 * i + 1]) = (first[i], second[i]);
    }

    /// <summary>True when both rings run through the same vertices in the same cyclic order, either way round.</summary>
    public bool IsSameAs(PlaneRing other)
    {
        if (Count != other.Count)
            return false;
        for (var shift = 0; shift < Count; shift++)
        {
            if (other[shift] != this[0])
                continue;
            if (MatchesFrom(other, shift, 1) || MatchesFrom(other, shift, -1))
                return true;
        }
        return false;
    }

    /// <summary>Cuts a ring that runs through the same vertices twice or more down to one turn; false when it does not.</summary>
    public bool CutToOneTurn()
    {
        for (var turns = 2; turns <= 4; turns++)
        {
            if (Count % turns != 0 || Count / turns < 3)
                continue;
            var period = Count / turns;
            var same = true;
            for (var i = period; same && i < Count; i++)
                same = this[i] == this[i - period];
            if (!same)
                continue;
            Count = period;
            return true;
        }
        return false;
    }

    private bool MatchesFrom(PlaneRing other, int shift, int step)
    {
        for (var i = 0; i < Count; i++)
            if (this[i] != other[(((shift + step * i) % Count) + Count) % Count])
                return false;
        return true;
    }
}
