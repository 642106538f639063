using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Workerpools;

/// <summary>
/// Follows the logs of tasks of one workerpool until the chain says that each is final. Every poll reads all open tasks from the chain, then the
/// logs of each from the scheduler, so that no last log is missed. An instance serves one command.
/// </summary>
internal sealed class LogFollower(IExecSession session, IEnumerable<FollowedLogs> tasks, TimeSpan pollingInterval)
{
    private const int AskedAtOnce = 8;

    private readonly List<FollowedLogs> _open = [.. tasks];
    private readonly ChainGuard _guard = new(session);
    private readonly TaskReader _reader = new(session);
    private readonly OutageTracker _outage = new("Logs cannot be followed");
    private TaskLogClient _logs = new(session);

    /// <summary>Polls until every task is final. Temporary failures are waited out; a permanent one ends its task.</summary>
    /// <exception cref="IExecException">ChainMismatch: the node now serves another chain.</exception>
    public async IAsyncEnumerable<LogStep> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                await foreach (var step in LookAsync(abandoned.Token).ConfigureAwait(false))
                    yield return step;
                if (_open.Count == 0)
                    yield break;
                await Task.Delay(_outage.IsOn ? _outage.Pause : pollingInterval, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            abandoned.Cancel();
        }
    }

    private async IAsyncEnumerable<LogStep> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await ReadChainAsync(cancellationToken).ConfigureAwait(false) is { } failure)
        {
            yield return new LogStep { Failure = failure, GoesOn = true, Warning = _outage.Failed(failure) };
            yield break;
        }

        var due = new Queue<FollowedLogs>(_open.Where(task => task.MayHaveLogs));
        var asked = new Queue<Task<LogStep>>();
        var isOut = false;
        while (asked.Count > 0 || (due.Count > 0 && !isOut))
        {
            while (due.Count > 0 && !isOut && asked.Count < AskedAtOnce)
                asked.Enqueue(AskAsync(due.Dequeue(), cancellationToken));
            var step = await asked.Dequeue().ConfigureAwait(false);
            if (!step.GoesOn)
            {
                _open.Remove(step.Asked!);
            }
            else if (step.Failure is not null)
            {
                // The others are skipped, and come first at the next poll, in case only this task fails.
                isOut = true;
                _open.Remove(step.Asked!);
                _open.Add(step.Asked!);
                step = step with { Warning = _outage.Failed(step.Failure) };
            }

            yield return step;
        }

        if (!isOut)
            _outage.Passed();
    }

    /// <summary>Reads the open tasks.</summary>
    /// <returns>The temporary failure; null on success.</returns>
    private async Task<IExecException?> ReadChainAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_outage.IsOn)
            {
                // The directory caches failures, and a scheduler may have moved.
                _logs = new TaskLogClient(session);
                await _guard.EnsureSameChainAsync(cancellationToken).ConfigureAwait(false);
            }

            var states = await _reader.ReadAsync([.. _open.Select(task => task.Task.Target)], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < states.Length; i++)
                _open[i].State = states[i].Value ?? _open[i].State; // a node that lags behind may not have a new task yet
            return null;
        }
        catch (IExecException exception) when (IsPassing(exception))
        {
            session.Diagnostics.Verbose(exception.Message);
            return exception;
        }
    }

    private async Task<LogStep> AskAsync(FollowedLogs task, CancellationToken cancellationToken)
    {
        var step = new LogStep { Asked = task, GoesOn = !task.IsFinal };
        try
        {
            return step with { Logs = task.Take(await _logs.ReadAsync(task.Task, cancellationToken).ConfigureAwait(false)) };
        }
        catch (IExecException exception) when (IsNotYet(exception) && !task.IsFinal)
        {
            return step with { Logs = task.Take([]) };
        }
        catch (IExecException exception) when (exception.ErrorId == IExecErrorId.LogNotFound && task.HadLogs)
        {
            return step;
        }
        catch (IExecException exception)
        {
            session.Diagnostics.Verbose(exception.Message);
            return step with { Failure = exception, GoesOn = step.GoesOn && IsPassing(exception) };
        }
    }

    private static bool IsPassing(IExecException failure) =>
        failure.ErrorId is IExecErrorId.WorkerpoolApiError or IExecErrorId.RpcUnavailable or IExecErrorId.RateLimited or IExecErrorId.RpcError;

    /// <summary>A scheduler that does not know a new deal yet says that the account is not its requester. That was checked on the chain.</summary>
    private static bool IsNotYet(IExecException failure) => failure.ErrorId is IExecErrorId.LogNotFound or IExecErrorId.NotRequester;
}
