using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Connections;

namespace IExec.Tasks.Binding;

/// <summary>Completes the names of the chains that the module knows.</summary>
internal sealed class ChainCompleter : Completer
{
    private protected override IEnumerable<(string Value, string? About)> Candidates() =>
        KnownChains.All.Select(chain => (chain.Name, (string?)$"Chain {chain.ChainId}, by default through {chain.RpcUrl}"));
}
