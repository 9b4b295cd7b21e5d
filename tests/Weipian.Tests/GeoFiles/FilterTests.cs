using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>The condition of --where.</summary>
public sealed class FilterTests
{
    private static readonly IReadOnlyList<SourceField> Fields =
    [
        new("DLBM", "text", 5, null),
        new("TBMJ", "real", 18, 2),
        new("SJNF", "integer", 4, null),
        new("BZ", "text", 254, null),
        new("SFYN", "boolean", 1, null),
        new("QSX", "date", 8, null),
        new("order by", "text", 5, null),
        new("备注", "text", 5, null),
    ];

    private static readonly FeatureValues Values = new(
        new FieldPlaces(Fields.Select(field => field.Name)),
        ["0101", 1234.5, 2018L, null, true, new DateOnly(2018, 3, 5), "x'y", "水田"]
    );

    [Theory]
    [InlineData("DLBM = '0101'", true)]
    [InlineData("dlbm = '0101' and sjnf = 2018", true)]
    [InlineData("DLBM = 101", true)]
    [InlineData("DLBM = '101'", false)]
    [InlineData("DLBM <> '0101'", false)]
    [InlineData("DLBM != '0102'", true)]
    [InlineData("TBMJ >= 1234.5 AND TBMJ <= 1234.5 AND NOT TBMJ > 1234.5", true)]
    [InlineData("TBMJ > 1.2e3", true)]
    [InlineData("SJNF > -1", true)]
    [InlineData("DLBM IN ('0102', '0101')", true)]
    [InlineData("DLBM NOT IN ('0102')", true)]
    [InlineData("DLBM NOT IN ('0102', NULL)", false)]
    [InlineData("BZ IS NULL", true)]
    [InlineData("BZ IS NOT NULL OR DLBM LIKE '01%'", true)]
    [InlineData("BZ = 'x'", false)]
    [InlineData("NOT BZ = 'x'", false)]
    [InlineData("BZ = 'x' OR TRUE = TRUE", true)]
    [InlineData("DLBM LIKE '0_0_'", true)]
    [InlineData("DLBM LIKE '%1%1'", true)]
    [InlineData("DLBM LIKE '%2%'", false)]
    [InlineData("DLBM NOT LIKE '%2%'", true)]
    [InlineData("SFYN = TRUE", true)]
    [InlineData("SFYN = 1", true)]
    [InlineData("QSX = '2018-03-05' AND QSX < '20180306'", true)]
    [InlineData("QSX BETWEEN '2018-01-01' AND '2018-12-31'", true)]
    [InlineData("QSX NOT BETWEEN '2018-01-01' AND '2018-12-31'", false)]
    [InlineData("\"order by\" = 'x''y'", true)]
    [InlineData("[order by] = 'x''y'", true)]
    [InlineData("备注 = '水田'", true)]
    [InlineData("DLBM = '0101' AND (BZ IS NOT NULL OR SJNF IN (2017, 2018))", true)]
    [InlineData("DLBM = '0102' OR DLBM = '0101' AND SJNF = 2017", false)]
    [InlineData("(DLBM = '0102' OR DLBM = '0101') AND SJNF = 2018", true)]
    [InlineData("NOT (NOT (DLBM = '0101'))", true)]
    public void A_condition_holds_or_not(string text, bool holds) => Assert.Equal(holds, Filter.Parse(text, Fields).Holds(Values));

    [Theory]
    [InlineData("DLBM = ", 8)]
    [InlineData("DLBM == '0101' AND", 19)]
    [InlineData("DLBM 'x'", 6)]
    [InlineData("(DLBM = '0101'", 15)]
    [InlineData("DLBM = '0101", 8)]
    [InlineData("DLBM = '0101'; DROP TABLE t", 14)]
    [InlineData("DLBM = '0101' -- x", 15)]
    [InlineData("DLBM IS 5", 9)]
    [InlineData("DLBM IN ()", 10)]
    [InlineData("1x = 1", 1)]
    [InlineData("DLBM", 5)]
    [InlineData("DLBM BETWEEN 1 OR 2", 16)]
    [InlineData("DLBM = '1' DLBM = '2'", 12)]
    public void A_mistake_is_named_with_its_place(string text, int position)
    {
        var problem = Assert.Throws<Problem>(() => Filter.Parse(text, Fields));
        Assert.Equal("files.filter-syntax", problem.Code);
        Assert.Contains($"at character {position}:", problem.English, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_field_is_named_with_those_there_are()
    {
        var problem = Assert.Throws<Problem>(() => Filter.Parse("DLBM = '1' AND DLMC = '水田'", Fields));
        Assert.Equal("files.filter-field", problem.Code);
        Assert.Contains("“DLMC” at character 16", problem.English, StringComparison.Ordinal);
        Assert.Contains("DLBM, TBMJ", problem.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_and_long_patterns_end()
    {
        var deep = new string('(', 5000) + "DLBM = '1'" + new string(')', 5000);
        Assert.Equal("files.filter-syntax", Assert.Throws<Problem>(() => Filter.Parse(deep, Fields)).Code);
        var pattern = string.Concat(Enumerable.Repeat("%a", 1000)) + "b";
        var values = new FeatureValues(new FieldPlaces(["DLBM"]), [new string('a', 20_000)]);
        Assert.False(Filter.Parse($"DLBM LIKE '{pattern}'", Fields).Holds(values));
    }
}
