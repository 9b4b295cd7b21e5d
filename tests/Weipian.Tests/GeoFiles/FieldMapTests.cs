using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Which columns feed which field.</summary>
public sealed class FieldMapTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private SourceFile Layer(string[] columns, params object?[] values)
    {
        ShapefileWriter.Write(
            scratch["t.shp"],
            "t",
            [.. columns.Select(column => new WrittenField(column, "text", 40))],
            [Drawn.Feature(0) with { Values = values }],
            Drawn.Cgcs2000
        );
        return SourceFile.Open(scratch["t.shp"]);
    }

    [Fact]
    public void The_first_column_that_is_not_empty_is_taken()
    {
        using var file = Layer(["A", "B", "C"], null, "  ", " x ");
        var map = FieldMap.Parse(["number=A,B,C"]);
        var feature = file.Layer(null).Read().Single();
        Assert.Equal("x", map.Text(feature, "number"));
        Assert.Null(map.Value(feature, "code"));
    }

    [Theory]
    [InlineData("numberJCBH", "files.map-syntax")]
    [InlineData("=JCBH", "files.map-syntax")]
    [InlineData("number=", "files.map-syntax")]
    [InlineData("nummer=JCBH", "files.map-field")]
    public void A_pair_that_says_nothing_is_refused(string pair, string code) =>
        Assert.Equal(code, Assert.Throws<Problem>(() => FieldMap.Parse([pair])).Code);

    [Fact]
    public void A_column_that_is_not_there_is_refused_with_those_that_are()
    {
        using var file = Layer(["JCBH"], "1");
        var problem = Assert.Throws<Problem>(() => FieldMap.Parse(["number=TBBH"]).Check(file.Layer(null)));
        Assert.Equal("files.map-column", problem.Code);
        Assert.Contains("JCBH", problem.English, StringComparison.Ordinal);
    }

    [Fact]
    public void The_usual_columns_of_patches_are_found_in_any_case()
    {
        using var file = Layer(["jcbh", "qsx", "Hsx", "JCMJ", "MJ", "TBLX"], "1", "20180101", "20180601", "12.5", "8333", "DT");
        var map = FieldMap.Guess(file.Layer(null), "patch");
        Assert.Equal(["jcbh"], map.Columns["number"]);
        Assert.Equal(["qsx"], map.Columns["before"]);
        Assert.Equal(["JCMJ", "MJ"], map.Columns["area"]);
        Assert.Equal("mu", map.AreaUnitGuess());
    }

    [Fact]
    public void A_column_cut_to_ten_characters_stands_for_its_long_name()
    {
        using var file = Layer(["YJJBNTTBBH", "DLBM", "KCXS"], "1", "0103", "0.1200");
        var map = FieldMap.Guess(file.Layer(null), "permanent-farmland");
        Assert.Equal(["YJJBNTTBBH"], map.Columns["number"]);
        Assert.Equal(["KCXS"], map.Columns["kcxs"]);
    }

    [Fact]
    public void What_the_user_maps_goes_before_the_guess()
    {
        using var file = Layer(["DLBM", "TBXHDM"], "0103", "LS");
        var map = FieldMap.Parse(["code=TBXHDM"]).OrElse(FieldMap.Guess(file.Layer(null), "land-use"));
        Assert.Equal(["TBXHDM"], map.Columns["code"]);
    }

    [Theory]
    [InlineData("20180305", "2018-03-05")]
    [InlineData("2018-03-05", "2018-03-05")]
    [InlineData("2018/3/5", "2018-03-05")]
    [InlineData("2018.03.05", "2018-03-05")]
    [InlineData("2018年3月5日", "2018-03-05")]
    [InlineData("20180305,20180412", "2018-03-05 2018-04-12")]
    [InlineData("2018-03-05，2018-04-12", "2018-03-05 2018-04-12")]
    [InlineData("2018-03-05T00:00:00", "2018-03-05")]
    [InlineData("", "")]
    [InlineData("00000000", "")]
    [InlineData("20181305", "! 20181305")]
    [InlineData("20180305,未知", "2018-03-05 ! 未知")]
    public void Dates_are_read_in_every_form_that_files_use(string text, string expected)
    {
        var (days, fault) = DateText.Parse(text);
        Assert.Equal(expected, string.Join(' ', days.Select(day => day.ToString("yyyy-MM-dd")).Concat(fault is null ? [] : ["!", fault])));
    }

    [Fact]
    public void A_date_may_be_a_number() => Assert.Equal([new DateOnly(2018, 3, 5)], DateText.Parse(20180305L).Days);
}
