using System.Collections.Generic;
using IExec.Tasks.Loading;

namespace IExec.Tasks.Binding;

/// <summary>Completes the ids of deals that this runspace has seen, the latest first.</summary>
internal sealed class DealIdCompleter : Completer
{
    private protected override IEnumerable<(string Value, string? About)> Candidates() => RunspaceState.OfThisThread?.Seen.Deals.Items ?? [];
}
