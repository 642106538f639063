using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Workerpools;

/// <summary>
/// Asks workerpools about tasks where the answer may be missing: what they do not tell is counted, and told of at the end. One instance serves one command.
/// </summary>
internal sealed class OffchainInfoFinder(IExecSession session)
{
    /// <summary>A workerpool that failed so often in a row is not asked again.</summary>
    private const int MostFailures = 3;

    private readonly WorkerpoolDirectory _directory = new(session);
    private readonly ConcurrentDictionary<Address, Silence> _silences = new();

    /// <summary>What the scheduler knows of a task; null when it does not know it, cannot be found or does not answer.</summary>
    /// <exception cref="IExecException">What reading the chain gives.</exception>
    public async Task<IExecTaskOffchainInfo?> FindAsync(TaskWithDeal task, CancellationToken cancellationToken)
    {
        var silence = _silences.GetOrAdd(task.Deal.Workerpool.Address, _ => new Silence());
        if (silence.InARow >= MostFailures)
        {
            Interlocked.Increment(ref silence.Tasks);
            return null;
        }

        try
        {
            var api = await _directory.FindAsync(task.Deal.Workerpool.Address, cancellationToken).ConfigureAwait(false);
            var info = await api.ReadTaskAsync(task.TaskId, cancellationToken).ConfigureAwait(false);
            silence.InARow = 0;
            return info;
        }
        catch (IExecException exception) when (exception.ErrorId is IExecErrorId.WorkerpoolApiUndeclared or IExecErrorId.WorkerpoolApiError)
        {
            Interlocked.Increment(ref silence.InARow);
            return Missing(silence, exception);
        }
        catch (IExecException exception) when (exception.ErrorId == IExecErrorId.TaskNotFound)
        {
            silence.InARow = 0; // it does answer
            return Missing(silence, exception);
        }
    }

    /// <summary>Warns of what is missing, once for each workerpool.</summary>
    public async Task WarnAsync()
    {
        foreach (var silence in _silences.Values)
        {
            if (silence.Tasks > 0)
            {
                var tasks = silence.Tasks == 1 ? "a task" : $"{silence.Tasks} tasks";
                await session.Diagnostics.WarnAsync($"What the workerpool knows of {tasks} is missing. {silence.Failure!.Message}").ConfigureAwait(false);
            }
        }
    }

    private static IExecTaskOffchainInfo? Missing(Silence silence, IExecException failure)
    {
        silence.Failure ??= failure;
        Interlocked.Increment(ref silence.Tasks);
        return null;
    }

    /// <summary>What a workerpool did not tell.</summary>
    private sealed class Silence
    {
        /// <summary>Of how many tasks it told nothing.</summary>
        public int Tasks;

        /// <summary>How many questions in a row failed.</summary>
        public volatile int InARow;

        /// <summary>Why, the first time.</summary>
        public volatile IExecException? Failure;
    }
}
