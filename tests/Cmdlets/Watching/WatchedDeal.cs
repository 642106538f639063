using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Watching;

/// <summary>Holds what a watch told of a deal, with -Detailed and from before its first task, against what the chain says.</summary>
internal static class WatchedDeal
{
    /// <summary>Fails unless the updates are each task's first state, every event once and in order, and its end.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="deal">The deal.</param>
    /// <param name="updates">What came out.</param>
    /// <param name="knowsTransactions">Whether each event must come with its transaction, as it does where the node's log can be relied on.</param>
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
