using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>Compares the updates of a deal, watched with every event from before its first task, with the chain's log.</summary>
internal static class DealComparison
{
    public static async Task<Figure> CompareAsync(string what, DevnetChain chain, DevnetDeal deal, IEnumerable<EmittedUpdate> updates)
    {
        var emitted = updates.ToLookup(update => update.TaskId, update => update.What);
        var happened = (await HubEvent.ReadAsync(chain, deal)).ToLookup(happening => happening.TaskId);
        var (count, lost, surplus, disordered) = (0, 0, 0, 0);
        foreach (var taskId in deal.Tasks.Select(task => task.TaskId))
        {
            var (expected, actual) = (HubEvent.Story([.. happened[taskId]]).ToList(), emitted[taskId].ToList());
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

    /// <summary>How many of the first have no equal in the second.</summary>
    private static int Without(List<string> first, List<string> second)
    {
        var left = second.CountBy(what => what).ToDictionary();
        return first.CountBy(what => what).Sum(what => int.Max(0, what.Value - left.GetValueOrDefault(what.Key)));
    }
}
