using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace IExec.Tasks.Diagnostics;

/// <summary>
/// The possible secrets in a URL: user information, a path that contains a key, and the query. <see cref="Redaction.Url"/> leaves them out of our
/// own messages; this removes them from text in which a server repeats them.
/// </summary>
internal sealed class UrlSecrets
{
    /// <summary>A shorter text is not a secret, and occurs in many words.</summary>
    private const int ShortestSecret = 5;

    private readonly string[] _texts;

    public UrlSecrets(Uri uri)
    {
        var shown = Redaction.Url(uri);
        _texts = [.. Parts(uri)
            .SelectMany(part => new[] { part, Uri.UnescapeDataString(part) })
            .Where(text => text.Length >= ShortestSecret && !shown.Contains(text, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(text => text.Length)];
    }

    /// <summary>The text with every secret replaced by '…'.</summary>
    public string Hide(string text) => _texts.Aggregate(text, (hidden, secret) => hidden.Replace(secret, "…"));

    private static IEnumerable<string> Parts(Uri uri)
    {
        if (uri.UserInfo.Length > 0)
        {
            yield return uri.UserInfo;
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo)));
        }

        foreach (var part in $"{uri.UserInfo}:{uri.AbsolutePath}?{uri.Query}".Split(':', '/', '?', '&', '=', ';'))
            yield return part;
        yield return uri.AbsolutePath.Trim('/');
        yield return uri.Query.TrimStart('?');
    }
}
