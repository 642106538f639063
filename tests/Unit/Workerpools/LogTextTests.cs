using System;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.UnitTests.Workerpools;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("", 3, "")]
    [InlineData("\n", 1, "\n")]
    [InlineData("one", 1, "one")]
    [InlineData("one\ntwo\n", 0, "")]
    [InlineData("one\ntwo\n", 1, "two\n")]
    [InlineData("one\ntwo", 1, "two")]
    [InlineData("one\r\ntwo\r\n", 1, "two\r\n")]
    [InlineData("one\ntwo\n", 2, "one\ntwo\n")]
    [InlineData("\none", 2, "\none")]
    [InlineData("one\n\n\n", 2, "\n\n")]
    [InlineData("one\ntwo", int.MaxValue, "one\ntwo")]
    public void Selects_the_last_lines(string text, int lines, string expected) => Assert.Equal(expected, LogText.Last(text, lines));

    [Theory]
    [InlineData("", "one", "one")]
    [InlineData("one", "one", "")]
    [InlineData("one", "one\ntwo", "\ntwo")]
    [InlineData("one\ntwo", "one", "one")]
    [InlineData("one", "two", "two")]
    [InlineData("one", "", "")]
    [InlineData("ab", "ba", "ba")]
    public void Returns_added_text_or_a_replaced_log_as_a_whole(string earlier, string text, string expected) =>
        Assert.Equal(expected, LogText.After(earlier, text));

    [Theory]
    [InlineData(1)]
    [InlineData(7_000)]
    [InlineData(LogText.Limit - 1)]
    public void Returns_the_text_added_to_a_log_whose_beginning_was_cut_off(int added)
    {
        var random = new Random(5);
        var written = string.Create(LogText.Limit + added, random, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = (char)('a' + source.Next(3));
        });

        Assert.Equal(written[LogText.Limit..], LogText.After(written[..LogText.Limit], written[added..]));
    }

    [Fact]
    public void A_long_log_that_was_replaced_is_returned_as_a_whole()
    {
        var text = new string('b', LogText.Limit);

        Assert.Equal(text, LogText.After(new string('a', LogText.Limit), text));
    }
}
