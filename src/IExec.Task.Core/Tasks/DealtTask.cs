using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Tasks;

/// <summary>A task and the deal that it belongs to.</summary>
/// <param name="TaskId">The task's id.</param>
/// <param name="Deal">The deal; tells workerpool and requester.</param>
internal sealed record DealtTask(Bytes32 TaskId, Deal Deal);
