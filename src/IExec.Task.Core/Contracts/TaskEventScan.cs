using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>Finds the events of tasks in any number of blocks of the hub's log, the newest first.</summary>
internal sealed class TaskEventScan(Address hub, LogScan scan)
{
    /// <summary>geth allows 1,000 alternatives for a topic.</summary>
    private const int TasksPerRequest = 500;

    /// <summary>Reads the events of tasks.</summary>
    /// <param name="taskIds">The tasks.</param>
    /// <param name="blocks">The blocks.</param>
    /// <param name="kind">The only kind of event to read; null for all.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The events of each request, with its blocks.</returns>
    /// <exception cref="IExecException">Those of <see cref="LogScan"/>; RpcError when the node returns other events.</exception>
    public async IAsyncEnumerable<(BlockRange Blocks, IReadOnlyList<TaskEvent> Logs)> ReadAsync(
        IReadOnlyList<Bytes32> taskIds, BlockRange blocks, IExecTaskEventKind? kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var start = 0; start < taskIds.Count; start += TasksPerRequest)
        {
            var asked = new HashSet<Bytes32>(taskIds.Skip(start).Take(TasksPerRequest));
            await foreach (var page in scan.ReadAsync(blocks, [kind is { } only ? new[] { TaskEventCodec.Topic(only) } : TaskEventCodec.Topics, asked], cancellationToken).ConfigureAwait(false))
                yield return (page.Blocks, page.Read(log => TaskEventCodec.Decode(log, hub, asked), log => log.BlockNumber));
        }
    }
}
