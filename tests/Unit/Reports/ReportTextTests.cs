using System.Linq;
using IExec.Tasks.Reports;

namespace IExec.Tasks.UnitTests.Reports;

public sealed class ReportTextTests
{
    [Theory]
    [InlineData(new long[] { 4 }, "4")]
    [InlineData(new long[] { 0, 1, 2, 5, 7, 8 }, "0–2, 5, 7–8")]
    public void Indexes_that_follow_each_other_are_a_range(long[] indexes, string text) => Assert.Equal(text, ReportText.Ranges(indexes));

    [Fact]
    public void Many_ranges_are_counted() => Assert.EndsWith(", 38, and 5 more", ReportText.Ranges(Enumerable.Range(0, 25).Select(index => index * 2L)), System.StringComparison.Ordinal);

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        Assert.Equal("short", ReportText.Limited("short"));
        Assert.Equal($"{new string('x', 299)}… (302 characters)", ReportText.Limited($"{new string('x', 299)}\U0001F600x"));
    }

    [Theory]
    [InlineData("0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f", "0x2361…1E8f")]
    [InlineData("0x1", "0x1")]
    public void Addresses_are_shortened(string address, string text) => Assert.Equal(text, ReportText.Short(address));
}
