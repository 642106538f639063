using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Tasks;

/// <summary>A task and the deal that it belongs to.</summary>
/// <param name="Target">The task, as the user named it.</param>
/// <param name="Deal">The deal, with workerpool and requester.</param>
internal sealed record TaskWithDeal(TaskTarget Target, Deal Deal)
{
    /// <summary>The task's id.</summary>
    public Bytes32 TaskId => Target.TaskId;
}
