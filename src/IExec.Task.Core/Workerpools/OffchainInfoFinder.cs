using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Workerpools;

/// <summary>
/// Reads the schedulers' views of tasks where they are optional: missing ones are counted, and warned of at the end. One instance serves one command.
/// </summary>
internal sealed class OffchainInfoFinder(IExecSession session)
{
    /// <summary>After this many failures in a row, a workerpool is skipped.</summary>
    private const int MaxFailures = 3;

    private readonly WorkerpoolDirectory _directory = new(session);
    private readonly ConcurrentDictionary<Address, MissingViews> _missing = new();

    /// <summary>The scheduler's view of a task; null when it does not know the task, cannot be found or does not respond.</summary>
    /// <exception cref="IExecException">Those of reading the chain.</exception>
    public async Task<IExecTaskOffchainInfo?> FindAsync(TaskWithDeal task, CancellationToken cancellationToken)
    {
        var missing = _missing.GetOrAdd(task.Deal.Workerpool.Address, _ => new MissingViews());
        if (missing.InARow >= MaxFailures)
        {
            Interlocked.Increment(ref missing.Tasks);
            return null;
        }

        try
        {
            var api = await _directory.FindAsync(task.Deal.Workerpool.Address, cancellationToken).ConfigureAwait(false);
            var info = await api.ReadTaskAsync(task.TaskId, cancellationToken).ConfigureAwait(false);
            missing.InARow = 0;
            return info;
        }
        catch (IExecException exception) when (exception.ErrorId is IExecErrorId.WorkerpoolApiUndeclared or IExecErrorId.WorkerpoolApiError)
        {
            Interlocked.Increment(ref missing.InARow);
            return AddMissing(missing, exception);
        }
        catch (IExecException exception) when (exception.ErrorId == IExecErrorId.TaskNotFound)
        {
            missing.InARow = 0; // it does respond
            return AddMissing(missing, exception);
        }
    }

    /// <summary>Warns of missing views, once for each workerpool.</summary>
    public async Task WarnAsync()
    {
        foreach (var missing in _missing.Values)
        {
            if (missing.Tasks > 0)
            {
                var tasks = missing.Tasks == 1 ? "a task" : $"{missing.Tasks} tasks";
                await session.Diagnostics.WarnAsync($"The scheduler's view of {tasks} is missing. {missing.Failure!.Message}").ConfigureAwait(false);
            }
        }
    }

    private static IExecTaskOffchainInfo? AddMissing(MissingViews missing, IExecException failure)
    {
        missing.Failure ??= failure;
        Interlocked.Increment(ref missing.Tasks);
        return null;
    }

    /// <summary>The failures of a workerpool.</summary>
    private sealed class MissingViews
    {
        /// <summary>How many tasks have no view.</summary>
        public int Tasks;

        /// <summary>How many requests in a row failed.</summary>
        public volatile int InARow;

        /// <summary>The first failure.</summary>
        public volatile IExecException? Failure;
    }
}
