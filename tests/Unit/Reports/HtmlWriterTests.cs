using System.Linq;
using System.Text;
using System.Xml.Linq;
using IExec.Tasks.Reports;

namespace IExec.Tasks.UnitTests.Reports;

public sealed class HtmlWriterTests
{
    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    [Theory]
    [InlineData("</p><script>alert(1)</script>")]
    [InlineData("\" onload=\"alert(1)")]
    [InlineData("]]><!-- --><?php ?>&lt;&#x3c;")]
    [InlineData("\0\u0001\u001b[2J\u0007\u007f\u009b\u202e\u2028\ufeff\ufffe\uffff\ud800")]
    [InlineData("\U0001F600\udc00\ud800")]
    [InlineData("a\r\nb\rc\td")]
    public void Any_text_stays_text(string hostile)
    {
        using var html = new HtmlWriter();
        html.Begin("body").Begin("p", hostile).Set("title", hostile).Text(hostile).End().Element("p", hostile).End();

        var document = XDocument.Parse(Encoding.UTF8.GetString(html.ToArray()));

        Assert.Equal(["html", "body", "p", "p"], document.Descendants().Select(element => element.Name.LocalName));
        Assert.Equal(["class", "title"], document.Descendants(Html + "p").First().Attributes().Select(attribute => attribute.Name.LocalName));
        Assert.DoesNotContain(document.Root!.Value, character => char.IsControl(character) && character is not ('\n' or '\t'));
        var text = document.Descendants(Html + "p").First();
        Assert.Equal(text.Value.Replace('\n', ' ').Replace('\t', ' '), text.Attribute("title")!.Value); // as XML has it in attributes
    }

    [Fact]
    public void It_is_HTML_as_well_as_XML()
    {
        using var html = new HtmlWriter();
        html.Begin("head").Begin("meta").Set("charset", "utf-8").EndEmpty().End().Begin("body").Begin("div").End().Begin("svg").Begin("rect").SetPart("x", 1.0 / 3).EndEmpty().End().End();

        Assert.Equal(
            """<!DOCTYPE html ><html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8" /></head><body><div></div><svg xmlns="http://www.w3.org/2000/svg"><rect x="33.33%" /></svg></body></html>""",
            Encoding.UTF8.GetString(html.ToArray()));
    }
}
