namespace IExec.Tasks.Transport.Http;

/// <summary>The ways in which an HTTP request fails.</summary>
internal enum HttpFailureKind
{
    /// <summary>No connection: the host has no address, refuses, or fails the TLS handshake. Nothing of the request was sent.</summary>
    ConnectFailed,

    /// <summary>The connection broke after the request may have been sent.</summary>
    Broken,

    /// <summary>The request timed out.</summary>
    TimedOut,

    /// <summary>The response's status is an error.</summary>
    Status,

    /// <summary>The server redirects to a URL that must not be followed.</summary>
    RedirectRefused,

    /// <summary>The response is larger than allowed.</summary>
    TooLarge,

    /// <summary>The response is malformed.</summary>
    Malformed,
}
