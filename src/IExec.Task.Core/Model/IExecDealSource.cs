namespace IExec.Tasks;

/// <summary>Who names deals to a search. Whatever is found is read from the chain.</summary>
public enum IExecDealSource
{
    /// <summary>An index where there is one that answers, completed from the chain for the blocks that it has not seen; else the chain.</summary>
    Auto,

    /// <summary>The PoCo subgraph.</summary>
    Subgraph,

    /// <summary>The market API.</summary>
    Market,

    /// <summary>The hub's log on the chain: needs no service but the node, and many requests where that gives few blocks at once.</summary>
    Chain,
}
