using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>Holds what a watch told of a deal, with every event and from before its first task, against the chain's log.</summary>
internal static class ToldDeal
{
    public static async Task<Figure> CompareAsync(string what, DevnetChain chain, DevnetDeal deal, IEnumerable<ToldUpdate> updates)
    {
        var told = updates.ToLookup(update => update.TaskId, update => update.What);
        var happened = (await HubEvent.ReadAsync(chain, deal)).ToLookup(happening => happening.TaskId);
        var (count, lost, surplus, disordered) = (0, 0, 0, 0);
        foreach (var taskId in deal.Tasks.Select(task => task.TaskId))
        {
            var (expected, actual) = (HubEvent.Story([.. happened[taskId]]).ToList(), told[taskId].ToList());
            var (missing, extra) = (Without(expected, actual), Without(actual, expected));
            count += expected.Count;
            lost += missing;
            surplus += extra;
            if (missing + extra == 0 && !expected.SequenceEqual(actual))
                disordered++;
        }

        return new Figure(
            what,
            $"{count} updates of {deal.Tasks.Count} tasks: {lost} lost, {surplus} twice, {disordered} tasks out of order",
            "none",
            lost + surplus + disordered == 0);
    }

    /// <summary>How many of the first are left when each of the second takes one like it away.</summary>
    private static int Without(List<string> first, List<string> second)
    {
        var left = second.CountBy(what => what).ToDictionary();
        return first.CountBy(what => what).Sum(what => int.Max(0, what.Value - left.GetValueOrDefault(what.Key)));
    }
}
