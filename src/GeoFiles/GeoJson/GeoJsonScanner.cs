using System.Text.Json;

namespace Weipian.GeoFiles;

/// <summary>Finds the features of a GeoJSON text one after the other, holding only one of them in memory.</summary>
/// <remarks>
/// The members of the root are read token by token; each element of <c>features</c> is handed on as its bytes. A root that is itself a
/// feature or a geometry is handed on whole.
/// </remarks>
internal sealed class GeoJsonScanner : IDisposable
{
    /// <summary>No single feature may be longer: 256 MB.</summary>
    private const int FeatureBytesMax = 256 << 20;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Disallow };

    private enum Place
    {
        Root,
        Features,
        End,
    }

    private readonly FilePart file;
    private readonly FileStream stream;
    private byte[] buffer = new byte[1 << 18];
    private int start;
    private int end;
    private bool isLast;
    private long consumed;
    private JsonReaderState state = new(Options);
    private Place place = Place.Root;
    private bool isOpen;
    private bool sawFeatures;
    private string? pendingMember;
    private string? rootType;

    public GeoJsonScanner(FilePart file)
    {
        this.file = file;
        stream = file.Open(bufferSize: 0);
        Fill();
        if (buffer.AsSpan(start, end - start).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            Consume(3);
    }

    /// <summary>The <c>crs</c> member of the root as JSON, if it has one: obsolete since RFC 7946, told but not followed.</summary>
    public string? Crs { get; private set; }

    /// <summary>Features handed on so far.</summary>
    public long Features { get; private set; }

    /// <summary>The bytes of the next feature (or bare root); empty at the end. Valid until the next call.</summary>
    /// <exception cref="Problem">files.damaged-geojson, files.not-geojson, files.limit-exceeded</exception>
    public ReadOnlySpan<byte> Next()
    {
        try
        {
            while (true)
            {
                if (place == Place.End)
                    return [];
                if (place == Place.Features)
                {
                    if (NextElement(out var element))
                    {
                        Features++;
                        return element;
                    }
                    continue;
                }
                if (NextMember() is { IsEmpty: false } whole)
                {
                    Features++;
                    return whole;
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw Damaged(fault);
        }
    }

    public Problem Damaged(Exception fault) =>
        Problem.Files.DamagedGeoJson(
            file.Name,
            $"第 {Features + 1} 个要素附近（第 {consumed + 1} 字节之后）",
            $"feature {Features + 1} (after byte {consumed + 1})",
            Short(fault.Message),
            Short(fault.Message)
        );

    public void Dispose() => stream.Dispose();

    /// <summary>Reads one token of the root; the whole root when it turns out to be no collection.</summary>
    private ReadOnlySpan<byte> NextMember()
    {
        var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), isLast, state);
        if (!reader.Read())
        {
            if (isLast)
                throw NotGeoJson("没有内容", "it has no content");
            Grow();
            return [];
        }
        if (!isOpen)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw NotGeoJson("最外层不是对象", "its outermost value is no object");
            isOpen = true;
            Advance(reader);
            return [];
        }
        if (pendingMember is not null)
            return Member(reader);
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            Advance(reader);
            Finish();
            return [];
        }
        pendingMember = reader.GetString();
        Advance(reader);
        return [];
    }

    private ReadOnlySpan<byte> Member(Utf8JsonReader reader)
    {
        if (pendingMember == "features" && reader.TokenType == JsonTokenType.StartArray)
        {
            (pendingMember, place, sawFeatures) = (null, Place.Features, true);
            Advance(reader);
            return [];
        }
        if (pendingMember is "geometry" or "coordinates" or "geometries" or "properties" && !sawFeatures && rootType != "FeatureCollection")
            return WholeRoot();
        var from = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            Grow();
            return [];
        }
        var value = buffer.AsSpan(start + from, (int)reader.BytesConsumed - from);
        if (pendingMember == "crs" && reader.TokenType != JsonTokenType.Null)
            Crs = System.Text.Encoding.UTF8.GetString(value);
        else if (pendingMember == "type" && reader.TokenType == JsonTokenType.String)
            rootType = reader.GetString();
        pendingMember = null;
        Advance(reader);
        return [];
    }

    /// <summary>Hands on the root as one feature: read from the beginning again, all at once.</summary>
    private ReadOnlySpan<byte> WholeRoot()
    {
        stream.Position = 0;
        if (stream.Length > FeatureBytesMax)
            throw TooLong(stream.Length);
        buffer = new byte[stream.Length];
        stream.ReadExactly(buffer);
        place = Place.End;
        ReadOnlySpan<byte> whole = buffer;
        if (whole.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            whole = whole[3..];
        var check = new Utf8JsonReader(whole, Options);
        while (check.Read()) { } // Anything behind the root is found here.
        return whole;
    }

    private bool NextElement(out ReadOnlySpan<byte> element)
    {
        element = [];
        var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), isLast, state);
        if (!reader.Read())
        {
            Grow();
            return false;
        }
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            place = Place.Root;
            Advance(reader);
            return false;
        }
        var from = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            Grow();
            return false;
        }
        var at = start + from;
        var length = (int)reader.BytesConsumed - from;
        Advance(reader);
        element = buffer.AsSpan(at, length);
        return true;
    }

    private void Finish()
    {
        place = Place.End;
        while (true)
        {
            if (buffer.AsSpan(start, end - start).IndexOfAnyExcept(" \t\r\n"u8) >= 0)
                throw new JsonException("there is something behind the end of the object");
            if (isLast)
                break;
            start = end;
            Fill();
        }
        if (!sawFeatures)
            throw rootType is null
                ? NotGeoJson("没有 type 成员", "it has no member “type”")
                : NotGeoJson($"type 为“{rootType}”，没有 features", $"its type is “{rootType}” and it has no features");
    }

    private void Advance(in Utf8JsonReader reader)
    {
        state = reader.CurrentState;
        Consume((int)reader.BytesConsumed);
    }

    private void Consume(int bytes)
    {
        start += bytes;
        consumed += bytes;
    }

    /// <summary>More bytes for a value that is not whole in the buffer.</summary>
    private void Grow()
    {
        if (isLast)
            throw new JsonException("the text ends in the middle of a value");
        if (start == 0 && end == buffer.Length)
        {
            if (buffer.Length >= FeatureBytesMax)
                throw TooLong(buffer.Length);
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        Fill();
    }

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        var read = stream.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false);
        isLast = read < buffer.Length - end || stream.Position >= stream.Length;
        end += read;
    }

    private Problem TooLong(long length) =>
        Problem.Files.LimitExceeded(file.Name, "单个要素的字节数", "the size of one feature in bytes", length, FeatureBytesMax);

    private Problem NotGeoJson(string zh, string en) => Problem.Files.NotGeoJson(file.Name, zh, en);

    private static string Short(string message)
    {
        var length = message.IndexOf(". LineNumber", StringComparison.Ordinal);
        return (length < 0 ? message : message[..length]).TrimEnd('.');
    }
}
