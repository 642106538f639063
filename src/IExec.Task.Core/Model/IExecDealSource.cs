namespace IExec.Tasks;

/// <summary>Where a search looks for deals. Everything that is found is read from the chain.</summary>
public enum IExecDealSource
{
    /// <summary>An index, if one answers, and the chain for the blocks that the index has not seen; otherwise the chain alone.</summary>
    Auto,

    /// <summary>The PoCo subgraph.</summary>
    Subgraph,

    /// <summary>The market API.</summary>
    Market,

    /// <summary>The hub's log on the chain: needs only the node, but many requests if it allows few blocks per request.</summary>
    Chain,
}
