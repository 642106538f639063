using System.Collections.Generic;
using IExec.Tasks.Loading;

namespace IExec.Tasks.Binding;

/// <summary>Completes the ids of tasks that this runspace has seen, the latest first.</summary>
internal sealed class TaskIdCompleter : Completer
{
    private protected override IEnumerable<(string Value, string? About)> Candidates() => RunspaceState.OfThisThread?.Seen.Tasks.Items ?? [];
}
