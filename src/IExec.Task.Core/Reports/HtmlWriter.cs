using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Xml;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Reports;

/// <summary>
/// Writes an HTML document that is also valid XML. Names of elements and attributes are constants; every value goes through the XML writer, which encodes it, and
/// through <see cref="VisibleText"/>, so that untrusted text never becomes markup. There is no method that writes markup.
/// </summary>
internal sealed class HtmlWriter : IDisposable
{
    private const string Html = "http://www.w3.org/1999/xhtml";
    private const string Svg = "http://www.w3.org/2000/svg";

    /// <summary>Replaces characters that XML does not allow, such as U+FFFF.</summary>
    private const char Replacement = '\uFFFD';

    private readonly MemoryStream _stream = new();
    private readonly XmlWriter _xml;

    public HtmlWriter()
    {
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.None };
        _xml = XmlWriter.Create(_stream, settings);
        _xml.WriteDocType("html", null, null, null);
        _xml.WriteStartElement("html", Html);
    }

    /// <summary>How many bytes have been written.</summary>
    public long Length
    {
        get
        {
            _xml.Flush();
            return _stream.Length;
        }
    }

    /// <summary>Starts an element; attributes and content follow.</summary>
    public HtmlWriter Begin(string element, string? cssClass = null)
    {
        _xml.WriteStartElement(element, element == "svg" ? Svg : null);
        return cssClass is null ? this : Set("class", cssClass);
    }

    /// <summary>Adds an attribute to the element that was just started.</summary>
    public HtmlWriter Set(string attribute, string value)
    {
        _xml.WriteAttributeString(attribute, Valid(value));
        return this;
    }

    /// <summary>Adds an attribute that is a fraction of the width, 0 to 1.</summary>
    public HtmlWriter SetPart(string attribute, double part) => Set(attribute, (part * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%");

    /// <summary>Adds an attribute in pixels.</summary>
    public HtmlWriter SetPixels(string attribute, int pixels) => Set(attribute, pixels.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes text.</summary>
    public HtmlWriter Text(string text)
    {
        _xml.WriteString(Valid(text));
        return this;
    }

    /// <summary>Ends an element that can have content.</summary>
    public HtmlWriter End()
    {
        _xml.WriteFullEndElement();
        return this;
    }

    /// <summary>Ends an element that never has content, such as <c>meta</c> or <c>rect</c>.</summary>
    public HtmlWriter EndEmpty()
    {
        _xml.WriteEndElement();
        return this;
    }

    /// <summary>Writes an element with text.</summary>
    public HtmlWriter Element(string element, string text, string? cssClass = null) => Begin(element, cssClass).Text(text).End();

    /// <summary>Writes a link, or only the text if there is no URL.</summary>
    public HtmlWriter Link(Uri? page, string text) => page is null ? Text(text) : Begin("a").Set("href", page.AbsoluteUri).Set("rel", "noreferrer").Text(text).End();

    /// <summary>Ends the document.</summary>
    public byte[] ToArray()
    {
        _xml.WriteEndDocument();
        _xml.Flush();
        return _stream.ToArray();
    }

    public void Dispose() => _xml.Dispose();

    private static string Valid(string text)
    {
        text = VisibleText.Of(text);
        var valid = new StringBuilder(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]))
                i++; // VisibleText leaves only surrogate pairs
            else if (!XmlConvert.IsXmlChar(text[i]))
                valid[i] = Replacement;
        }

        return valid.ToString();
    }
}
