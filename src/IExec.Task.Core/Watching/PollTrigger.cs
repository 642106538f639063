using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Http;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Watching;

/// <summary>
/// Triggers the polls of a watch: at regular intervals, and earlier when a node with a WebSocket announces an event of a watched task, or a
/// block that passes a deadline.
/// </summary>
internal sealed class PollTrigger : IDisposable
{
    private const int MaxDoublings = 5;

    /// <summary>How many quick polls follow an announced event while the node does not have its block yet.</summary>
    private const int MaxQuickPolls = 4;

    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly HashSet<Bytes32> _taskIds;
    private readonly IExecSession _session;
    private readonly object _gate = new();
    private BlockHeader? _announced;
    private DateTimeOffset? _deadline;
    private DateTimeOffset? _signalledDeadline;
    private long _wantedBlock;
    private int _quickPolls;

    public PollTrigger(IExecSession session, IEnumerable<Bytes32> taskIds)
    {
        _session = session;
        _taskIds = [.. taskIds];
        var nodes = session.Rpc.Subscribable.ToList();
        if (nodes.Count > 0)
            _ = ListenAsync(nodes, _ending.Token);
    }

    /// <summary>Waits until the next poll.</summary>
    /// <param name="seen">The block of the last poll; null before the first.</param>
    /// <param name="deadline">A time on the chain's clock at which to poll; null for none.</param>
    /// <param name="atMost">The maximum wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The block to read; null to ask the node for the latest.</returns>
    public async Task<BlockHeader?> WaitAsync(BlockHeader? seen, DateTimeOffset? deadline, TimeSpan atMost, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _deadline = deadline;
            SignalAtDeadline(); // the block may have come during the poll
            if (_wantedBlock > seen?.Number && _quickPolls-- > 0 && atMost > ShortPause)
                atMost = ShortPause;
        }

        if (!await _signal.WaitAsync(atMost, cancellationToken).ConfigureAwait(false))
            return null;
        lock (_gate)
            return _announced is { } block && block.Number >= _wantedBlock ? block : null;
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task ListenAsync(List<WebSocketRpcTransport> nodes, CancellationToken cancellationToken)
    {
        var failures = 0;
        for (var turn = 0; !cancellationToken.IsCancellationRequested; turn++)
        {
            var node = nodes[turn % nodes.Count];
            try
            {
                if (turn > 0)
                    await Task.Delay(PauseAfter(failures), cancellationToken).ConfigureAwait(false);
                using var channel = await node.OpenChannelAsync(OnNotification, cancellationToken).ConfigureAwait(false);
                using var ending = cancellationToken.Register(channel.Dispose);
                await SubscribeAsync(channel, node.Secrets, cancellationToken).ConfigureAwait(false);
                var open = Stopwatch.StartNew();
                SignalMissedEvents();
                await channel.Closed.ConfigureAwait(false);
                failures = open.Elapsed > ShortPause ? 0 : failures + 1;
                _session.Diagnostics.Verbose($"{node.Name} ended its subscription; subscribing again.");
            }
            catch (Exception exception) when (exception is HttpFailureException or RpcException or JsonException)
            {
                _session.Diagnostics.Verbose($"{node.Name} does not announce events: {exception.Message}");
                failures++;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>A connection that worked for a while and broke is reopened at once.</summary>
    private static TimeSpan PauseAfter(int failures) => failures == 0
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(MaxPause.Ticks, FirstPause.Ticks << Math.Min(failures - 1, MaxDoublings)));

    private async Task SubscribeAsync(WebSocketChannel channel, UrlSecrets secrets, CancellationToken cancellationToken)
    {
        RpcRequest[] requests = [new("eth_subscribe", "newHeads"), new("eth_subscribe", "logs", HubLogs.Filter(_session.Hub.Address))];
        for (var id = 1; id <= requests.Length; id++)
        {
            var request = requests[id - 1];
            var utf8 = await channel.SendAsync(RpcPayload.Of(request, id), cancellationToken).ConfigureAwait(false);
            var reply = RpcEnvelope.ReadSingle(new RpcAnswer(utf8, secrets), request, id);
            if (reply.Error is not null)
                throw reply.Error;
        }
    }

    private void OnNotification(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty("result", out var result))
            return;
        try
        {
            if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("topics", out _))
                OnLog(TaskEventCodec.Decode(result, _session.Hub.Address));
            else
                OnBlock(BlockHeader.Read(result));
        }
        catch (Exception exception) when (exception is AbiFormatException or IExecException)
        {
            _session.Diagnostics.Debug($"A subscription message cannot be read: {exception.Message}");
        }
    }

    private void OnLog(TaskEvent log)
    {
        if (!_taskIds.Contains(log.TaskId))
            return;
        lock (_gate)
        {
            _wantedBlock = log.BlockNumber;
            _quickPolls = MaxQuickPolls;
        }

        Signal();
    }

    private void OnBlock(BlockHeader block)
    {
        lock (_gate)
        {
            _announced = block;
            SignalAtDeadline();
        }
    }

    /// <summary>Triggers a poll for events that were missed before the subscription; the last announced block may be outdated.</summary>
    private void SignalMissedEvents()
    {
        lock (_gate)
            _announced = null;
        Signal();
    }

    /// <summary>Triggers a poll when the last announced block passes the deadline, once; a failed poll is repeated after its own pause.</summary>
    private void SignalAtDeadline()
    {
        if (!(_announced?.Timestamp >= _deadline) || _deadline == _signalledDeadline)
            return;
        _signalledDeadline = _deadline;
        Signal();
    }

    private void Signal()
    {
        lock (_gate)
        {
            if (_signal.CurrentCount == 0)
                _signal.Release();
        }
    }
}
