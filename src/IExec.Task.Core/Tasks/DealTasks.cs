using System.Collections.Generic;
using IExec.Tasks.Contracts;

namespace IExec.Tasks.Tasks;

/// <summary>The tasks of a deal, none of which needs to be initialised.</summary>
internal sealed class DealTasks(string input, ScheduledDeal origin)
{
    /// <summary>All tasks, in the order of their indexes.</summary>
    public IEnumerable<TaskTarget> All()
    {
        var deal = origin.Deal;
        for (var index = deal.BotFirst; deal.Holds(index); index++)
            yield return At(index, input);
    }

    /// <summary>The task with this index.</summary>
    /// <exception cref="IExecException">TaskNotInDeal.</exception>
    public TaskTarget At(long index)
    {
        var deal = origin.Deal;
        if (!deal.Holds(index))
        {
            throw new IExecException(
                IExecErrorId.TaskNotInDeal,
                $"Deal {deal.Id} has no task with index {index}: its indexes are {deal.BotFirst} to {deal.BotFirst + deal.BotSize - 1}.");
        }

        return At(index, index);
    }

    private TaskTarget At(long index, object target) => new(target, TaskCodec.TaskId(origin.Deal.Id, index), origin, index);
}
