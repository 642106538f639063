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
/// Wakes a watch between its regular looks: when a node with a WebSocket announces an event of a watched task, or a block that
/// passes a deadline. Without such a node it is a clock and no more.
/// </summary>
internal sealed class PollTrigger : IDisposable
{
    private const int MostDoublings = 5;

    /// <summary>How many looks after a moment an announced event is worth, when the node that is read does not have its block yet.</summary>
    private const int MostMoments = 4;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _ringing = new(0);
    private readonly HashSet<Bytes32> _taskIds;
    private readonly IExecSession _session;
    private readonly object _gate = new();
    private BlockHeader? _announced;
    private DateTimeOffset? _deadline;
    private DateTimeOffset? _deadlineRung;
    private long _wantedBlock;
    private int _moments;

    public PollTrigger(IExecSession session, IEnumerable<Bytes32> taskIds)
    {
        _session = session;
        _taskIds = [.. taskIds];
        var nodes = session.Rpc.Subscribable.ToList();
        if (nodes.Count > 0)
            _ = ListenAsync(nodes, _ending.Token);
    }

    /// <summary>Waits until there is a reason to look at the chain, or the time has passed.</summary>
    /// <param name="seen">The block of the last look; null before the first.</param>
    /// <param name="deadline">A time on the chain's clock that is a reason; null when none is.</param>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The block to look at; null when the node has to be asked for it.</returns>
    public async Task<BlockHeader?> WaitAsync(BlockHeader? seen, DateTimeOffset? deadline, TimeSpan atMost, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _deadline = deadline;
            RingWhenDue(); // the block may have come during the look
            if (_wantedBlock > seen?.Number && _moments-- > 0 && atMost > Moment)
                atMost = Moment;
        }

        if (!await _ringing.WaitAsync(atMost, cancellationToken).ConfigureAwait(false))
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
                using var channel = await node.OpenChannelAsync(Hear, cancellationToken).ConfigureAwait(false);
                using var ending = cancellationToken.Register(channel.Dispose);
                await SubscribeAsync(channel, node.Secrets, cancellationToken).ConfigureAwait(false);
                var open = Stopwatch.StartNew();
                RingForTheUnheard();
                await channel.Closed.ConfigureAwait(false);
                failures = open.Elapsed > Moment ? 0 : failures + 1;
                _session.Diagnostics.Verbose($"{node.Name} ended its subscription; subscribing again.");
            }
            catch (Exception exception) when (exception is HttpFailureException or RpcException or JsonException)
            {
                _session.Diagnostics.Verbose($"{node.Name} announces nothing: {exception.Message}");
                failures++;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>A node that announced for a while and was cut off is back at once, most likely.</summary>
    private static TimeSpan PauseAfter(int failures) => failures == 0
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures - 1, MostDoublings)));

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

    private void Hear(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty("result", out var result))
            return;
        try
        {
            if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("topics", out _))
                HearLog(TaskEventCodec.Decode(result, _session.Hub.Address));
            else
                HearBlock(BlockHeader.Read(result));
        }
        catch (Exception exception) when (exception is AbiFormatException or IExecException)
        {
            _session.Diagnostics.Debug($"A subscription message cannot be read: {exception.Message}");
        }
    }

    private void HearLog(TaskEvent log)
    {
        if (!_taskIds.Contains(log.TaskId))
            return;
        lock (_gate)
        {
            _wantedBlock = log.BlockNumber;
            _moments = MostMoments;
        }

        Ring();
    }

    private void HearBlock(BlockHeader block)
    {
        lock (_gate)
        {
            _announced = block;
            RingWhenDue();
        }
    }

    /// <summary>Rings for what happened while nobody listened. The last block heard of is no longer the latest then.</summary>
    private void RingForTheUnheard()
    {
        lock (_gate)
            _announced = null;
        Ring();
    }

    /// <summary>Rings when the last block passes the deadline, once: a look that fails then is made again after its own pause.</summary>
    private void RingWhenDue()
    {
        if (!(_announced?.Timestamp >= _deadline) || _deadline == _deadlineRung)
            return;
        _deadlineRung = _deadline;
        Ring();
    }

    private void Ring()
    {
        lock (_gate)
        {
            if (_ringing.CurrentCount == 0)
                _ringing.Release();
        }
    }
}
