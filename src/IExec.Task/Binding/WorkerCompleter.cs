using System.Collections.Generic;
using IExec.Tasks.Loading;

namespace IExec.Tasks.Binding;

/// <summary>Completes the addresses of workers that this runspace has seen, the latest first.</summary>
internal sealed class WorkerCompleter : Completer
{
    private protected override IEnumerable<(string Value, string? About)> Candidates() => RunspaceState.OfThisThread?.Seen.Workers.Items ?? [];
}
