using System;

namespace IExec.Tasks.Transport.Http;

/// <summary>Extensions of <see cref="Uri"/> that return null instead of throwing.</summary>
internal static class UriExtensions
{
    /// <summary>The host as name servers know it (Punycode); null when it is not a valid international name, which the constructor of <see cref="Uri"/> does not check.</summary>
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
