using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Watching;

/// <summary>Compares the updates of a deal, watched with -Detailed from before its first task, with the chain's events.</summary>
internal static class WatchedDeal
{
    /// <summary>Asserts that the updates are each task's first state, every event once and in order, and its end.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="deal">The deal.</param>
    /// <param name="updates">The updates.</param>
    /// <param name="knowsTransactions">Whether each event must have its transaction, as it has if the node's log is reliable.</param>
    public static async Task AssertAllToldAsync(DevnetChain chain, DevnetDeal deal, IEnumerable<IExecTaskUpdate> updates, bool knowsTransactions = true)
    {
        var told = updates.ToLookup(update => update.TaskId);
        var happened = (await HubEvent.ReadAsync(chain, deal)).ToLookup(happening => happening.TaskId);
        Assert.Equal(deal.Tasks.Select(task => task.TaskId).Order(), told.Select(task => task.Key).Order());
        foreach (var task in deal.Tasks)
        {
            HubEvent[] events = [.. happened[task.TaskId]];
            Assert.Equal(HubEvent.Story(events), told[task.TaskId].Select(update => update.Event?.ToString() ?? update.Task.StatusName));
            if (knowsTransactions)
                Assert.Equal(events.Select(happening => happening.TransactionHash), told[task.TaskId].Select(update => update.TransactionHash).OfType<string>());
        }
    }
}
