using System.Collections.Generic;
using System.Threading;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Tasks;

/// <summary>Finds the indexes of a deal's tasks by their ids. As an id is the hash of deal and index, one index after the other is tried.</summary>
internal sealed class TaskIndexLookup(Deal deal)
{
    private readonly Dictionary<Bytes32, long> _known = [];
    private long _next = deal.BotFirst;

    /// <summary>The index of the task with this id; null when the deal does not hold it.</summary>
    public long? Find(Bytes32 taskId, CancellationToken cancellationToken)
    {
        while (!_known.ContainsKey(taskId) && deal.Holds(_next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _known[TaskCodec.TaskId(deal.Id, _next)] = _next;
            _next++;
        }

        return _known.TryGetValue(taskId, out var index) ? index : null;
    }
}
