namespace IExec.Tasks.Transport.Http;

/// <summary>The ways in which an HTTP exchange fails.</summary>
internal enum HttpFailureKind
{
    /// <summary>No connection: the host has no address, refuses, or fails the TLS handshake. Nothing of the request was sent.</summary>
    ConnectFailed,

    /// <summary>The connection broke after the request may have been sent.</summary>
    Broken,

    /// <summary>The time for one exchange passed.</summary>
    TimedOut,

    /// <summary>The answer's status says that the server failed or refused.</summary>
    Status,

    /// <summary>The server redirects to where it may not be followed.</summary>
    RedirectRefused,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>The answer cannot be read as what it claims to be.</summary>
    Malformed,
}
