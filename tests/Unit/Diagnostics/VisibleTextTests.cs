using System.Globalization;
using System.Linq;
using System.Text;
using CsCheck;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.UnitTests.Diagnostics;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain text\n\twith a tab", "plain text\n\twith a tab")]
    [InlineData("日本 é 😀", "日本 é 😀")]
    [InlineData("\u001b[31m", "␛[31m")]
    [InlineData("a\0b\u0007c\u007fd", "a␀b␇c␡d")]
    [InlineData("\u009b31m\u0085", "\uFFFD31m\uFFFD")]
    [InlineData("\u202eabc\u2066\u2069\u200f\u061c", "\uFFFDabc\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("\u200b\u200d\ufeff\u00ad\u2028\u2029", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("x\U000E0041y", "x\uFFFDy")]
    [InlineData("one\r\ntwo\rthree\r", "one\ntwo␍three␍")]
    public void Shows_control_and_invisible_characters_as_symbols(string text, string visible) => Assert.Equal(visible, VisibleText.Of(text));

    /// <summary>Separate from the others because a test's name cannot contain it.</summary>
    [Fact]
    public void Shows_a_lone_surrogate_as_a_symbol()
    {
        Assert.Equal("\uFFFD", VisibleText.Of("\ud83d"));
        Assert.Equal("\uFFFDx\uFFFD", VisibleText.Of("\ude00x\ud83d"));
    }

    [Fact]
    public void Leaves_no_control_characters() => Gen.String.Sample(text =>
    {
        var visible = VisibleText.Of(text);
        return visible.EnumerateRunes().All(rune => rune.Value is '\n' or '\t' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
            or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            && VisibleText.Of(visible) == visible;
    });
}
