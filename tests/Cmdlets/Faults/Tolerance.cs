namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>How a command takes failures of a step, beyond the retries that all steps have.</summary>
internal enum Tolerance
{
    /// <summary>It fails.</summary>
    None,

    /// <summary>A watch: it looks again until its own time is up.</summary>
    LooksAgain,

    /// <summary>A watch that learns from the log what happened between two looks, and can tell it from the looks as well.</summary>
    HasOtherSource,

    /// <summary>A claim that was sent: it waits for its receipt until its own time is up.</summary>
    AwaitsReceipt,

    /// <summary>A claim that is sent: whatever is answered, it is looked up.</summary>
    LooksUp,

    /// <summary>The node may not have the method: another is asked.</summary>
    HasOtherMethod,

    /// <summary>It says what it does not know, and goes on. A node that cannot be reached ends it all the same.</summary>
    GoesWithout,
}
