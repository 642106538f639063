using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Watching;

/// <summary>Warns, once, of open tasks that can no longer succeed. Tasks of a deal with the same reason share a warning.</summary>
internal static class EarlyWarnings
{
    public static IEnumerable<string> For(IEnumerable<WatchedTask> open)
    {
        var news = new List<IExecTask>();
        foreach (var watched in open)
        {
            var isGivenUp = watched.State!.Outlook == IExecTaskOutlook.CannotComplete;
            if (isGivenUp && !watched.IsGivenUp)
                news.Add(watched.State);
            watched.IsGivenUp = isGivenUp;
        }

        return news.GroupBy(task => (task.DealId, Reason(task), task.FinalDeadline)).Select(group => Warning([.. group], group.Key.Item2));
    }

    private static string Warning(List<IExecTask> tasks, string reason)
    {
        var first = tasks[0];
        var subject = tasks.Count == 1 ? $"Task {first.TaskId}" : $"{tasks.Count} tasks of deal {first.DealId}";
        return $"{subject} can no longer succeed: {reason}. Claimable from {first.FinalDeadline:u} on: {TaskCommand.Claim(tasks)}";
    }

    private static string Reason(IExecTask task) => task.OnChainStatus switch
    {
        IExecTaskStatus.Revealing => $"no worker revealed before {task.RevealDeadline:u}",
        _ => $"contributions ended at {task.ContributionDeadline:u} without a consensus",
    };
}
