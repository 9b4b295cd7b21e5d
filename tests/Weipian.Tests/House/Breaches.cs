namespace Weipian.Tests.House;

/// <summary>The verdict of a rule of the house: no breach, or every one of them with its place.</summary>
internal static class Breaches
{
    public static void None(IEnumerable<string> found)
    {
        var all = found.Distinct(StringComparer.Ordinal).ToList();
        if (all.Count > 0)
            Assert.Fail($"{all.Count} breaches:\n{string.Join('\n', all)}");
    }
}
