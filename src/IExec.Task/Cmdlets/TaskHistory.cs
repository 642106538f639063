using System.Collections.Generic;

namespace IExec.Tasks.Cmdlets;

/// <summary>Everything that is known to have happened to a task.</summary>
/// <param name="State">The task as the chain has it.</param>
/// <param name="Events">What happened to it, in order; the first is the deal.</param>
/// <param name="Info">The scheduler's view; null when it is not known.</param>
internal sealed record TaskHistory(IExecTask State, IReadOnlyList<IExecTaskEvent> Events, IExecTaskOffchainInfo? Info);
