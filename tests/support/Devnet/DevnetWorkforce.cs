using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <summary>
/// Simulates workers and a scheduler that process the tasks of an XS deal in turns, in the same order for the same seed. Halfway, the
/// reveal deadline passes, so that some tasks are reopened; at the end, a few are left to time out.
/// </summary>
/// <param name="chain">The chain.</param>
/// <param name="deal">The deal.</param>
/// <param name="seed">Chooses the order.</param>
/// <param name="most">The maximum number of tasks to process; the others time out.</param>
public sealed class DevnetWorkforce(DevnetChain chain, DevnetDeal deal, int seed, int most = int.MaxValue)
{
    private const int StepsPerTask = 4;
    private static readonly TimeSpan PastRevealDeadline = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan PastFinalDeadline = TimeSpan.FromMinutes(40);

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, DevnetAccount> _workers = [];
    private readonly List<(DevnetTask Task, Func<DevnetTask, Task> Next)> _atWork = [];

    /// <summary>Works for this long, or as fast as the node lets it; at most 20 minutes, because a consensus waits 10 minutes for its reveals.</summary>
    public async Task RunAsync(TimeSpan duration)
    {
        var few = deal.Tasks.Count / 8;
        _atWork.AddRange(deal.Tasks.SkipLast(few).Take(most).Select(task => (task, new Func<DevnetTask, Task>(InitializeAsync))));
        var steps = _atWork.Count * StepsPerTask;
        var clock = Stopwatch.StartNew();
        for (var step = 0; _atWork.Count > 0; step++)
        {
            if (step == steps / 2)
                await PassRevealDeadlineAsync();
            var turn = _random.Next(_atWork.Count);
            var (task, next) = _atWork[turn];
            _atWork.RemoveAt(turn);
            await next(task);
            var ahead = (duration * (step + 1) / steps) - clock.Elapsed;
            if (ahead > TimeSpan.Zero)
                await Task.Delay(ahead);
        }

        await chain.IncreaseTimeAsync(PastFinalDeadline);
    }

    private async Task PassRevealDeadlineAsync()
    {
        await chain.IncreaseTimeAsync(PastRevealDeadline);
        for (var i = 0; i < _atWork.Count; i++)
        {
            if (_atWork[i].Next == RevealAsync)
                _atWork[i] = (_atWork[i].Task, ReopenAsync);
        }
    }

    private async Task InitializeAsync(DevnetTask task)
    {
        await chain.InitializeAsync(deal.DealId, task.Index);
        _workers[task.TaskId] = chain.State.Accounts.Worker1;
        _atWork.Add((task, ContributeAsync));
    }

    private async Task ContributeAsync(DevnetTask task)
    {
        await chain.ContributeAsync(task.TaskId, task.Digest, _workers[task.TaskId]);
        _atWork.Add((task, RevealAsync));
    }

    private async Task ReopenAsync(DevnetTask task)
    {
        await chain.ReopenAsync(task.TaskId);
        _workers[task.TaskId] = chain.State.Accounts.Worker2;
        _atWork.Add((task, ContributeAsync));
    }

    private async Task RevealAsync(DevnetTask task)
    {
        await chain.RevealAsync(task.TaskId, task.Digest, _workers[task.TaskId]);
        _atWork.Add((task, task => chain.FinalizeAsync(task.TaskId)));
    }
}
