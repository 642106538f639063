using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace IExec.Tasks.Diagnostics;

/// <summary>
/// What a URL may keep secret: user information, a path that holds a key, and the query. <see cref="Redaction.Url"/> leaves it out of what we
/// write; this takes it out of what a server repeats.
/// </summary>
internal sealed class UrlSecrets
{
    /// <summary>A shorter text is no secret, and is part of many words.</summary>
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

    /// <summary>The text with '…' in the place of every secret.</summary>
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
