using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Workerpools;

/// <summary>A task whose logs are followed.</summary>
internal sealed class FollowedLogs(TaskWithDeal task, LogSelection selection)
{
    /// <summary>The logs of the last poll, by worker. A scheduler has one for each; several of the same worker are told apart by their order only.</summary>
    private readonly Dictionary<(string Worker, int Place), IExecTaskLog> _last = [];
    private bool _isFirstLook = true;

    public TaskWithDeal Task => task;

    /// <summary>The last reading of the task; null before the first.</summary>
    public IExecTask? State { get; set; }

    /// <summary>Whether to wait for no more logs.</summary>
    public bool IsFinal => State?.IsFinal == true;

    /// <summary>Whether there may be logs: workers run a task once it is initialised.</summary>
    public bool MayHaveLogs => IsFinal || State?.OnChainStatus != IExecTaskStatus.Unset;

    /// <summary>Whether the scheduler had any logs so far.</summary>
    public bool HadLogs { get; private set; }

    /// <summary>Stores the scheduler's logs.</summary>
    /// <returns>What is new; at the first poll, what the selection asks for.</returns>
    public IReadOnlyList<IExecTaskLog> Take(IReadOnlyList<IExecTaskLog> logs)
    {
        HadLogs |= logs.Count > 0;
        var news = _isFirstLook ? [.. selection.Of(logs)] : new List<IExecTaskLog>();
        foreach (var worker in selection.OfWorkers(logs).GroupBy(log => log.Worker))
        {
            var place = 0;
            foreach (var log in worker)
            {
                var key = (worker.Key, place++);
                if (!_isFirstLook && NewsOf(log, _last.TryGetValue(key, out var last) ? last : null) is { } added)
                    news.Add(added);
                _last[key] = log;
            }
        }

        _isFirstLook = false;
        return news;
    }

    private static IExecTaskLog? NewsOf(IExecTaskLog log, IExecTaskLog? last)
    {
        if (last is null)
            return log;
        var added = log.With(LogText.After(last.Stdout, log.Stdout), LogText.After(last.Stderr, log.Stderr));
        return added.Stdout.Length + added.Stderr.Length > 0 ? added : null;
    }
}
