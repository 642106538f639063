using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace IExec.Tasks.CmdletTests.Reports;

/// <summary>A report, read as XML. That it can be read says that it is well formed.</summary>
internal sealed class ReportDocument(string path)
{
    private static readonly HashSet<string> Elements =
    [
        "html", "head", "meta", "title", "style", "body", "main", "header", "section", "article", "div", "p", "span", "strong", "code", "h1", "h2", "dl", "dt", "dd", "ul", "li",
        "a", "details", "summary", "table", "thead", "tbody", "tr", "th", "td",
        "svg", "defs", "pattern", "path", "rect", "line", "use", "text", "g",
    ];

    private static readonly HashSet<string> Attributes =
    [
        "xmlns", "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "rel", "open", "role", "aria-label", "aria-hidden",
        "x", "y", "x1", "y1", "x2", "y2", "width", "height", "d", "transform", "patternUnits",
    ];

    private readonly XDocument _document = XDocument.Parse(File.ReadAllText(path));

    /// <summary>All that a reader sees.</summary>
    public string Text => string.Join("\n", _document.Descendants().Where(element => element.Name.LocalName is not ("style" or "title")).Nodes().OfType<XText>().Select(text => text.Value));

    /// <summary>The text of each section, by its heading.</summary>
    public IReadOnlyDictionary<string, string> Sections =>
        Named("section").ToDictionary(section => section.Elements().First().Value, section => string.Join("\n", section.DescendantNodes().OfType<XText>().Select(text => text.Value)));

    public IEnumerable<XElement> Named(string name) => _document.Descendants().Where(element => element.Name.LocalName == name);

    /// <summary>No script, nothing that a browser would fetch, and no element or attribute but those of the report.</summary>
    public void AssertIsHarmless()
    {
        Assert.Empty(_document.Descendants().Select(element => element.Name.LocalName).Except(Elements));
        Assert.Empty(_document.Descendants().Attributes().Select(attribute => attribute.Name.LocalName).Except(Attributes));
        Assert.All(_document.Descendants().Attributes("href"), link => Assert.Matches("^(https://explorer\\.iex\\.ec/[a-z-]+/(deal|task|tx)/0x[0-9a-f]{64}|#[a-z-]+)$", link.Value));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", Named("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("url(http", Named("style").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain(_document.Root!.Value, character => char.IsControl(character) && character is not ('\n' or '\t'));
    }
}
