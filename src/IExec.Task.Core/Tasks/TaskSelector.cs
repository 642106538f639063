using System.Collections.Generic;

namespace IExec.Tasks.Tasks;

/// <summary>What a user named: a task by its id, a task by its id and its deal's, or tasks of a deal. Ids are as the user wrote them.</summary>
/// <param name="Input">How it was named; becomes the target of error records.</param>
internal sealed record TaskSelector(object Input)
{
    /// <summary>The id of the task; null for tasks of a deal.</summary>
    public string? TaskId { get; init; }

    /// <summary>The id of the deal, with which the task need not be initialised; null when it is not known.</summary>
    public string? DealId { get; init; }

    /// <summary>The indexes of the deal's tasks; all when null.</summary>
    public IReadOnlyList<long>? Indexes { get; init; }

    /// <summary>A task that was read before. One that was not initialised is found through its deal.</summary>
    /// <param name="task">The task.</param>
    /// <param name="input">How it was named.</param>
    public static TaskSelector Of(IExecTask task, object input) => new(input)
    {
        TaskId = task.TaskId,
        DealId = task.OnChainStatus == IExecTaskStatus.Unset ? task.DealId : null,
        Known = task.Origin is null ? null : task,
    };

    /// <summary>The task as it was read before it was initialised, with its deal; null for any other.</summary>
    public IExecTask? Known { get; private init; }
}
