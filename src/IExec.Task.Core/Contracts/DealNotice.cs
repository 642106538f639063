using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>The hub's event <c>SchedulerNotice</c>: a deal was made for a workerpool.</summary>
/// <param name="DealId">The deal.</param>
/// <param name="BlockNumber">The block in which it was made.</param>
/// <param name="LogIndex">The index in the block's log.</param>
/// <param name="TransactionHash">The transaction that made it.</param>
internal sealed record DealNotice(Bytes32 DealId, long BlockNumber, long LogIndex, Bytes32 TransactionHash);
