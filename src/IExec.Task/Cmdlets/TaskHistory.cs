using System.Collections.Generic;

namespace IExec.Tasks.Cmdlets;

/// <summary>All that is known of what happened to a task.</summary>
/// <param name="State">The task as the chain has it.</param>
/// <param name="Events">What happened to it, in order; the first is the deal.</param>
/// <param name="Info">What the scheduler says; null when it says nothing.</param>
internal sealed record TaskHistory(IExecTask State, IReadOnlyList<IExecTaskEvent> Events, IExecTaskOffchainInfo? Info);
