using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Tasks;

/// <summary>Writes the commands that the module advises.</summary>
internal static class TaskCommand
{
    /// <summary>More indexes are not listed in a command.</summary>
    private const int MostIndexes = 8;

    /// <summary>Gives tasks of one deal to a cmdlet.</summary>
    /// <param name="cmdlet">The cmdlet; it takes ids of tasks, deals and indexes, and objects of Get-IExecTask.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="filter">How <c>Where-Object</c> finds them among the deal's tasks; null for all tasks of the deal.</param>
    public static string Of(string cmdlet, IReadOnlyList<IExecTask> tasks, string? filter) => tasks switch
    {
        [{ OnChainStatus: not IExecTaskStatus.Unset } task] => $"{cmdlet} {task.TaskId}",
        { Count: <= MostIndexes } => $"{cmdlet} -DealId {tasks[0].DealId} -Index {string.Join(", ", tasks.Select(task => task.Index))}",
        _ when filter is null => $"{cmdlet} -DealId {tasks[0].DealId}",
        _ => $"Get-IExecTask -DealId {tasks[0].DealId} | Where-Object {filter} | {cmdlet}",
    };

    /// <summary>Claims tasks of one deal.</summary>
    public static string Claim(IReadOnlyList<IExecTask> tasks) => Of("Invoke-IExecTaskClaim", tasks, "IsClaimable");

    /// <summary>Saves the results of tasks of one deal.</summary>
    public static string Save(IReadOnlyList<IExecTask> tasks) => Of("Save-IExecTaskResult", tasks, "Status -eq Completed");
}
