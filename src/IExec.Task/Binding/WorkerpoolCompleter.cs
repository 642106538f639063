using System.Collections.Generic;
using IExec.Tasks.Loading;

namespace IExec.Tasks.Binding;

/// <summary>Completes the addresses of workerpools that this runspace has seen, the latest first.</summary>
internal sealed class WorkerpoolCompleter : Completer
{
    private protected override IEnumerable<(string Value, string? About)> Candidates() => RunspaceState.OfThisThread?.Seen.Workerpools.Items ?? [];
}
