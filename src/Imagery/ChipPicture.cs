using SkiaSharp;

namespace Weipian.Imagery;

/// <summary>What is drawn on a chip beside the image.</summary>
/// <param name="Outline">Rings in degrees CGCS2000: longitude, latitude, longitude …</param>
/// <param name="Label">A line in the lower left corner: date and sensor; null for none.</param>
/// <param name="HatchNoData">Hatches what has no data; a PNG may leave it transparent instead.</param>
public sealed record ChipInk(IReadOnlyList<double[]>? Outline = null, string? Label = null, bool HatchNoData = true);

/// <summary>A chip as a file.</summary>
public static class ChipPicture
{
    private const int Quality = 84;
    private static readonly SKColor NoDataGround = new(0xE6, 0xE6, 0xE1);
    private static readonly SKColor NoDataLine = new(0x9C, 0xA3, 0xAF);

    /// <param name="typeface">The face of the label, a TrueType file; without one no label can be drawn.</param>
    public static byte[] Png(Chip chip, ChipInk? ink = null, SKTypeface? typeface = null) =>
        Encode(chip, ink ?? new(), typeface, SKEncodedImageFormat.Png);

    /// <param name="typeface">The face of the label.</param>
    public static byte[] Jpeg(Chip chip, ChipInk? ink = null, SKTypeface? typeface = null) =>
        Encode(chip, ink ?? new(), typeface, SKEncodedImageFormat.Jpeg);

    private static byte[] Encode(Chip chip, ChipInk ink, SKTypeface? typeface, SKEncodedImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(chip);
        var frame = chip.Frame;
        var info = new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        chip.ToRgba().CopyTo(bitmap.GetPixelSpan());
        var (whole, png) = (chip.Coverage >= 1, format == SKEncodedImageFormat.Png);
        // Most chips are the image and nothing else: no second bitmap is drawn for them.
        if (ink.Outline is null && ink.Label is null && (whole || (!ink.HatchNoData && png)))
            return Bytes(bitmap, format);
        using var drawn = new SKBitmap(info.WithAlphaType(SKAlphaType.Premul));
        using var canvas = new SKCanvas(drawn);
        canvas.Clear(ink.HatchNoData || !png ? NoDataGround : SKColors.Transparent);
        if (ink.HatchNoData && !whole)
            Hatch(canvas, frame);
        canvas.DrawBitmap(bitmap, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        if (ink.Outline is not null)
            Outline(canvas, frame, ink.Outline);
        if (ink.Label is not null && typeface is not null)
            Label(canvas, frame, ink.Label, typeface);
        canvas.Flush();
        return Bytes(drawn, format);
    }

    private static byte[] Bytes(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var data = bitmap.Encode(format, Quality) ?? throw new InvalidOperationException($"no {format} encoder");
        return data.ToArray();
    }

    private static void Hatch(SKCanvas canvas, ChipFrame frame)
    {
        const int Step = 12;
        using var paint = new SKPaint
        {
            Color = NoDataLine,
            StrokeWidth = 1,
            IsAntialias = true,
        };
        for (var x = -frame.Height; x < frame.Width; x += Step)
            canvas.DrawLine(x, frame.Height, x + frame.Height, 0, paint);
    }

    private static void Outline(SKCanvas canvas, ChipFrame frame, IReadOnlyList<double[]> rings)
    {
        using var builder = new SKPathBuilder();
        foreach (var ring in rings)
        {
            for (var i = 0; i + 1 < ring.Length; i += 2)
            {
                var (x, y) = frame.FromGeographic(ring[i], ring[i + 1]);
                if (i == 0)
                    builder.MoveTo((float)x, (float)y);
                else
                    builder.LineTo((float)x, (float)y);
            }
            builder.Close();
        }
        using var path = builder.Detach();
        using var paint = new SKPaint { IsStroke = true, IsAntialias = true };
        (paint.Color, paint.StrokeWidth) = (SKColors.White.WithAlpha(200), 4);
        canvas.DrawPath(path, paint);
        (paint.Color, paint.StrokeWidth) = (new(0xD9, 0x2D, 0x20), 2);
        canvas.DrawPath(path, paint);
    }

    private static void Label(SKCanvas canvas, ChipFrame frame, string label, SKTypeface typeface)
    {
        var size = Math.Clamp(frame.Width / 24f, 9, 22);
        using var font = new SKFont(typeface, size);
        using var paint = new SKPaint { IsAntialias = true };
        var width = font.MeasureText(label);
        paint.Color = SKColors.White.WithAlpha(215);
        canvas.DrawRect(0, frame.Height - size * 1.5f, width + size, size * 1.5f, paint);
        paint.Color = new(0x14, 0x21, 0x3D);
        canvas.DrawText(label, size / 2, frame.Height - size * 0.42f, SKTextAlign.Left, font, paint);
    }
}
