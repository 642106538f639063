using System;

namespace IExec.Tasks.Transport.Http;

/// <summary>What <see cref="Uri"/> tells with an exception.</summary>
internal static class UriExtensions
{
    /// <summary>The host as name servers know it; null when it breaks the rules of international names, which a <see cref="Uri"/> is not checked for when it is made.</summary>
    public static string? HostName(this Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
