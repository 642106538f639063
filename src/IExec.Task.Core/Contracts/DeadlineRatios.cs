namespace IExec.Tasks.Contracts;

/// <summary>After how many units of a category's time the phases of a task end. Constants of the hub.</summary>
/// <param name="Contribution">Contributions end, from the deal's start.</param>
/// <param name="Final">The task ends, from the deal's start.</param>
internal sealed record DeadlineRatios(long Contribution, long Final);
