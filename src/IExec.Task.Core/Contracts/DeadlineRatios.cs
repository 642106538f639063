namespace IExec.Tasks.Contracts;

/// <summary>The ends of a task's phases, in units of the category's time. Constants of the hub.</summary>
/// <param name="Contribution">The end of contributions, from the deal's start.</param>
/// <param name="Final">The final deadline, from the deal's start.</param>
internal sealed record DeadlineRatios(long Contribution, long Final);
