namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>What kind of trouble a fault is, which decides what must come of it.</summary>
internal enum Nature
{
    /// <summary>The server takes no connection. It may later.</summary>
    Unreachable,

    /// <summary>The URL leads nowhere. It never will; another may.</summary>
    WrongUrl,

    /// <summary>The exchange fails, or the server asks to come back later.</summary>
    Passing,

    /// <summary>The answer begins and does not end.</summary>
    BreaksOff,

    /// <summary>The node answers with an error that passes.</summary>
    NodeError,

    /// <summary>The server means no.</summary>
    Refusal,

    /// <summary>The answer is not one to this request: no JSON, no JSON-RPC, or that to another.</summary>
    Nonsense,

    /// <summary>The answer is one to this request, but not what it asks for.</summary>
    WrongContent,

    /// <summary>The answer can be read in more than one way.</summary>
    Ambiguous,

    /// <summary>The answer holds text that is none.</summary>
    BadText,

    /// <summary>The answer is larger than any that makes sense.</summary>
    TooLarge,

    /// <summary>Odd, and no reason to fail.</summary>
    Harmless,
}
