using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Watching;

/// <summary>
/// Follows tasks until they are final. Every poll reads all open tasks as of one block; what happened between two polls comes from
/// the hub's log. An instance serves one watch.
/// </summary>
internal sealed class TaskWatcher
{
    /// <summary>How many deals the timeout's message names.</summary>
    private const int MaxDealsNamed = 5;

    private readonly IExecSession _session;
    private readonly WatchOptions _options;
    private readonly ChainGuard _guard;
    private readonly ChainClock _clock;
    private readonly ChangeReader _changes;
    private readonly TaskReader _reader;
    private readonly OutageTracker _outage = new("The chain cannot be read");
    private readonly List<WatchedTask> _open;
    private BlockHeader? _readAt;

    public TaskWatcher(IExecSession session, IEnumerable<TaskTarget> targets, WatchOptions options)
    {
        _session = session;
        _options = options;
        _guard = new ChainGuard(session);
        _clock = new ChainClock(options.StallTimeout);
        _changes = new ChangeReader(session);
        _reader = new TaskReader(session);
        _open = [.. targets.GroupBy(target => target.TaskId).Select(same => new WatchedTask(same.First()))];
        Count = _open.Count;
    }

    /// <summary>How many tasks are watched.</summary>
    public int Count { get; }

    /// <summary>
    /// Polls until every task is final or the timeout has passed; then one OperationTimedOut names the open tasks. Temporary failures are waited out.
    /// </summary>
    /// <exception cref="IExecException">ChainMismatch: the node now serves another chain.</exception>
    public async IAsyncEnumerable<WatchStep> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_options.Timeout is { } timeout)
            timer.CancelAfter(timeout > _options.Spent ? timeout - _options.Spent : TimeSpan.Zero);
        using var trigger = new PollTrigger(_session, _open.Select(watched => watched.Target.TaskId));
        BlockHeader? announced = null;
        while (_open.Count > 0)
        {
            var step = await PollAsync(announced, timer.Token).ConfigureAwait(false);
            if (step is null)
                break;
            yield return step;
            if (_open.Count == 0)
                break;
            try
            {
                announced = await trigger.WaitAsync(_readAt, step.NextDeadline, _outage.IsOn ? _outage.Pause : _options.PollingInterval, timer.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (timer.IsCancellationRequested)
            {
                break;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (_open.Count + _options.Unread.Count > 0)
            yield return TimedOut();
    }

    /// <summary>Polls once; null when the timeout has passed.</summary>
    private async Task<WatchStep?> PollAsync(BlockHeader? announced, CancellationToken cancellationToken)
    {
        try
        {
            if (_outage.IsOn)
                await _guard.EnsureSameChainAsync(cancellationToken).ConfigureAwait(false);
            var step = await ReadAsync(announced, cancellationToken).ConfigureAwait(false);
            _outage.Passed();
            return step;
        }
        catch (IExecException exception) when (exception.ErrorId is IExecErrorId.RpcUnavailable or IExecErrorId.RateLimited or IExecErrorId.RpcError)
        {
            _session.Diagnostics.Verbose(exception.Message);
            return Step([], [], [_outage.Failed(exception)]);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<WatchStep> ReadAsync(BlockHeader? announced, CancellationToken cancellationToken)
    {
        var latest = announced ?? BlockHeader.Read(await _session.Rpc.SendAsync(BlockHeader.GetLatest, cancellationToken).ConfigureAwait(false));
        var warning = _clock.Observe(latest);
        var block = _clock.Newest!;
        if (block == _readAt)
            return Step([], [], [warning]);

        var states = await _reader.ReadAsync([.. _open.Select(watched => watched.Target)], cancellationToken, block).ConfigureAwait(false);
        if (_open.Where((watched, i) => watched.State?.OnChainStatus > IExecTaskStatus.Unset && states[i].Value is not { OnChainStatus: > IExecTaskStatus.Unset }).Any())
            await _guard.EnsureSameChainAsync(cancellationToken).ConfigureAwait(false);

        var changes = await ReadChangesAsync(states, block, cancellationToken).ConfigureAwait(false);
        _readAt = block;
        return Take(states, changes, block, warning);
    }

    private Task<IReadOnlyDictionary<Bytes32, IReadOnlyList<IExecTaskUpdate>>> ReadChangesAsync(Found<IExecTask>[] states, BlockHeader block, CancellationToken cancellationToken)
    {
        var changes = _open
            .Zip(states, (watched, found) => watched.State is { } before && found.Value is { } state && TaskHistory.Differ(before, state) ? new TaskChange(watched.Target.TaskId, before, state) : null)
            .OfType<TaskChange>()
            .ToList();
        return _changes.ReadAsync(changes, (long)(_readAt?.Number ?? block.Number) + 1, (long)block.Number, cancellationToken);
    }

    /// <summary>Stores the new states, and returns the updates.</summary>
    private WatchStep Take(Found<IExecTask>[] states, IReadOnlyDictionary<Bytes32, IReadOnlyList<IExecTaskUpdate>> changes, BlockHeader block, string? warning)
    {
        var updates = new List<IExecTaskUpdate>();
        var failures = new List<(object, IExecException)>();
        var seen = _open.ToList();
        for (var i = 0; i < states.Length; i++)
        {
            var watched = seen[i];
            if (states[i].Value is not { } state)
            {
                // After a reorganisation, a task may be gone for a while and come back.
                if (watched.State is null)
                {
                    failures.Add((states[i].Input, states[i].Failure!));
                    _open.Remove(watched);
                }

                continue;
            }

            updates.AddRange(UpdateFilter.Select(watched.State, state, changes.TryGetValue(watched.Target.TaskId, out var happened) ? happened : [], block, _options.IsDetailed));
            watched.State = state;
            if (state.IsFinal)
                _open.Remove(watched);
        }

        return Step([.. updates.OrderBy(update => update.BlockNumber).ThenBy(update => update.LogIndex)], failures, [warning, .. EarlyWarnings.For(_open)]);
    }

    private WatchStep TimedOut()
    {
        var inputs = _open.Select(watched => (object)watched.Target.TaskId.ToString()).Concat(_options.Unread).ToArray();
        var seconds = _options.Timeout?.TotalSeconds;
        var sentences = new List<string>();
        if (_open is [var only] && Count == 1)
            sentences.Add($"Task {only.Target.TaskId} is not final after {seconds} s: it is {only.State?.StatusName ?? "not read yet"}.");
        else if (_open.Count > 0)
            sentences.Add($"{_open.Count} of {Count} tasks are not final after {seconds} s: {DescribeDeals()}.");
        if (_options.Unread.Count > 0)
            sentences.Add($"The tasks of {_options.Unread.Count} inputs could not be read within {seconds} s.");
        return Step([], [(inputs is [var single] ? single : inputs, new IExecException(IExecErrorId.OperationTimedOut, string.Join(" ", sentences)))], []);
    }

    /// <summary>How many tasks of which deals are open.</summary>
    private string DescribeDeals()
    {
        var deals = _open.GroupBy(watched => watched.DealId).ToList();
        var named = deals.Take(MaxDealsNamed).Select(deal => deal.Key is { } id ? $"{deal.Count()} of deal {id}" : $"{deal.Count()} not read yet");
        var rest = deals.Skip(MaxDealsNamed).ToList();
        return string.Join(", ", rest.Count == 0 ? named : [.. named, $"{rest.Sum(deal => deal.Count())} of {rest.Count} other deals"]);
    }

    private WatchStep Step(IReadOnlyList<IExecTaskUpdate> updates, IReadOnlyList<(object Input, IExecException Failure)> failures, IEnumerable<string?> warnings) => new()
    {
        Updates = updates,
        Failures = failures,
        Warnings = [.. warnings.OfType<string>()],
        Open = _open.Count,
        Clock = _readAt?.Timestamp,
        NextDeadline = _readAt is null ? null : _open.Min(watched => watched.NextDeadline(_readAt.Timestamp)),
    };
}
