namespace Weipian.Imagery;

/// <summary>How values of more than 8 bits become tones: from the 2nd to the 98th percentile of each band of the whole image.</summary>
/// <remarks>Of the whole image, at a coarse resolution, so that two chips of one image have the same tones.</remarks>
internal static class Stretches
{
    private const int SamplesSide = 512;
    private const double Low = 0.02;
    private const double High = 0.98;

    /// <summary>Without overviews so many windows of one block each stand for the whole, so that no large image is read through.</summary>
    private const int WindowsSide = 4;

    public static (float Low, float High)[]? Of(GeoTiff image)
    {
        if (image.BitsPerSample == 8 || image.HasPalette)
            return null;
        var histograms = Enumerable.Range(0, image.ShownBands).Select(_ => new int[1 << 16]).ToArray();
        var (level, _, _) = image.LevelFor(double.PositiveInfinity);
        var (width, height) = image.SizeOf(level);
        if ((long)width * height <= 4L * SamplesSide * SamplesSide)
            Count(image.Read(level, 0, 0, width, height, Math.Max(1, Math.Max(width, height) / SamplesSide)), histograms);
        else
            for (var i = 0; i < WindowsSide * WindowsSide; i++)
            {
                const int Side = 128;
                var x = (int)((i % WindowsSide + 0.5) / WindowsSide * width);
                var y = (int)((i / WindowsSide + 0.5) / WindowsSide * height);
                Count(image.Read(level, x, y, Side, Side), histograms);
            }
        return [.. histograms.Select(h => (Percentile(h, Low), Percentile(h, High)))];
    }

    private static void Count(Raster raster, int[][] histograms)
    {
        for (var band = 0; band < histograms.Length; band++)
        for (var i = 0; i < raster.Valid.Length; i++)
            if (raster.Valid[i])
                histograms[band][raster.Bands[band][i]]++;
    }

    private static float Percentile(int[] histogram, double share)
    {
        var left = share * histogram.Sum(h => (long)h);
        for (var value = 0; value < histogram.Length; value++)
            if ((left -= histogram[value]) <= 0 && histogram[value] > 0)
                return value;
        return 0;
    }
}
