namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>The services that the module uses.</summary>
internal enum Service
{
    /// <summary>An Ethereum node.</summary>
    Node,

    /// <summary>Compass.</summary>
    Compass,

    /// <summary>A workerpool's scheduler.</summary>
    Scheduler,

    /// <summary>An IPFS gateway.</summary>
    Gateway,

    /// <summary>The PoCo subgraph.</summary>
    Subgraph,

    /// <summary>The market API.</summary>
    Market,
}
