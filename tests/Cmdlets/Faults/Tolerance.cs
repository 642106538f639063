namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>How a command handles a failed request, beyond the retries that every request has.</summary>
internal enum Tolerance
{
    /// <summary>The command fails.</summary>
    None,

    /// <summary>A watch polls again until its own timeout.</summary>
    PollsAgain,

    /// <summary>The command gets the same facts from another request or service.</summary>
    HasOtherSource,

    /// <summary>The claim was sent: the command waits for the receipt until its own timeout.</summary>
    AwaitsReceipt,

    /// <summary>The claim may have been sent: whatever the response, the command looks for the transaction.</summary>
    LooksUpTransaction,

    /// <summary>The node may lack the method: the command uses another one.</summary>
    HasOtherMethod,

    /// <summary>The command reports the missing fact and continues. An unreachable node still ends it.</summary>
    ContinuesWithout,
}
