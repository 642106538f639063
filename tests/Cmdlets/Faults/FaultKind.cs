namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>The kind of a fault, which decides the expected outcome.</summary>
internal enum FaultKind
{
    /// <summary>The server accepts no connection; it may later.</summary>
    Unreachable,

    /// <summary>The URL can never work; another URL of the service may.</summary>
    WrongUrl,

    /// <summary>The request fails in a way that a retry may solve.</summary>
    Transient,

    /// <summary>The response begins but is not completed.</summary>
    Truncated,

    /// <summary>The node returns a JSON-RPC error that a retry may solve.</summary>
    NodeError,

    /// <summary>The server rejects the request, and would again.</summary>
    Rejected,

    /// <summary>The body is not a response to this request: not JSON, not JSON-RPC, or with the id of another.</summary>
    Malformed,

    /// <summary>The response is well-formed, but its content has the wrong type.</summary>
    WrongContent,

    /// <summary>The response has duplicate keys.</summary>
    Ambiguous,

    /// <summary>A string in the response is not valid UTF-8.</summary>
    InvalidText,

    /// <summary>The response is larger than any valid one.</summary>
    TooLarge,

    /// <summary>Unusual, but no reason to fail.</summary>
    Harmless,
}
