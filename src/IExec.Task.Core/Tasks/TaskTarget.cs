using System;
using System.Collections.Generic;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Tasks;

/// <summary>A task to work on. Where the deal is known, it can be worked on before it is initialised.</summary>
/// <param name="Input">What the user named it by; becomes the target of error records.</param>
/// <param name="TaskId">Its id.</param>
/// <param name="Origin">Its deal; null when only the id was given.</param>
/// <param name="Index">Its index; 0 when only the id was given.</param>
internal sealed record TaskTarget(object Input, Bytes32 TaskId, ScheduledDeal? Origin = null, long Index = 0)
{
    /// <summary>Whether the user named its deal, and none of the deal's tasks.</summary>
    public bool IsOfWholeDeal => Origin is not null && Input is string;

    /// <summary>All tasks of a deal, in the order of their indexes.</summary>
    /// <param name="input">What the user named the deal by.</param>
    /// <param name="origin">The deal.</param>
    public static IEnumerable<TaskTarget> AllOf(string input, ScheduledDeal origin)
    {
        for (var index = origin.Deal.BotFirst; origin.Deal.Holds(index); index++)
            yield return Of(input, origin, index);
    }

    /// <summary>The task of a deal with this index, which the user named it by.</summary>
    /// <exception cref="IExecException">TaskNotInDeal.</exception>
    public static TaskTarget At(ScheduledDeal origin, long index)
    {
        var deal = origin.Deal;
        return deal.Holds(index)
            ? Of(index, origin, index)
            : throw new IExecException(
                IExecErrorId.TaskNotInDeal,
                $"Deal {deal.Id} has no task with index {index}: its indexes are {deal.BotFirst} to {deal.BotFirst + deal.BotSize - 1}.");
    }

    /// <summary>The task before it is initialised, as follows from its deal; null when the deal is not known.</summary>
    public IExecTask? Uninitialized(DateTimeOffset blockTimestamp, long chainId) =>
        Origin is null ? null : TaskCodec.Uninitialized(Origin, Index, blockTimestamp, chainId);

    private static TaskTarget Of(object input, ScheduledDeal origin, long index) => new(input, TaskCodec.TaskId(origin.Deal.Id, index), origin, index);
}
