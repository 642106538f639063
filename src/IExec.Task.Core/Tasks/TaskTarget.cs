using System;
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

    /// <summary>The task as its deal tells it before it is initialised; null when the deal is not known.</summary>
    public IExecTask? Uninitialized(DateTimeOffset blockTimestamp, long chainId) =>
        Origin is null ? null : TaskCodec.Uninitialized(Origin, Index, blockTimestamp, chainId);
}
