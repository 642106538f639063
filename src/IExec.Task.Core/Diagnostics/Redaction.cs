using System;

namespace IExec.Tasks.Diagnostics;

/// <summary>Makes text safe for messages: without secrets in URLs, and without control characters of untrusted text.</summary>
internal static class Redaction
{
    /// <summary>A first path segment up to this length is a word such as <c>rpc</c>; a longer one may be a key.</summary>
    private const int LongestWord = 12;

    private const int LongestText = 300;

    /// <summary>
    /// Scheme, host, port and a short first path segment. User information, the rest of the path and the query, in which
    /// providers keep API keys, become '…'.
    /// </summary>
    public static string Url(Uri uri)
    {
        var origin = uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        var path = uri.AbsolutePath.Trim('/');
        if (path.Length == 0)
            return uri.Query.Length == 0 ? origin : origin + "/…";

        var end = path.IndexOf('/');
        var first = end < 0 ? path : path.Substring(0, end);
        if (first.Length > LongestWord)
            return origin + "/…";
        return end < 0 && uri.Query.Length == 0 ? $"{origin}/{first}" : $"{origin}/{first}/…";
    }

    /// <summary>The same as a URL; it does not work when something was left out.</summary>
    public static Uri ToUri(Uri uri) => Url(uri) is var text && uri.AbsoluteUri.TrimEnd('/') == text ? uri : new Uri(text);

    /// <summary>Untrusted text for a message: on one line, cut to a length that fits, with control characters as symbols.</summary>
    public static string Untrusted(string text, int longest = LongestText)
    {
        var cut = text.Length > longest ? text.Substring(0, longest) : text;
        return (cut.Length < text.Length ? $"{VisibleText.Of(cut)}…" : VisibleText.Of(cut)).Replace('\n', ' ').Replace('\t', ' ');
    }
}
