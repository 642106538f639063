using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Claims;

/// <summary>A task that passed the checks.</summary>
/// <param name="Target">The user's target.</param>
/// <param name="Task">Its state.</param>
/// <param name="Deal">Its deal, which determines the refund and the payer.</param>
internal sealed record ClaimableTask(TaskTarget Target, IExecTask Task, Deal Deal)
{
    public Bytes32 Id => Target.TaskId;

    /// <summary>Whether it is initialised; otherwise it is initialised in the same transaction.</summary>
    public bool IsInitialized => Task.OnChainStatus != IExecTaskStatus.Unset;

    /// <summary>The refund, in RLC.</summary>
    public decimal RefundRlc { get; } = Rlc.FromNano(Deal.TaskPrice);

    /// <summary>The address of the payer, who is refunded (EIP-55).</summary>
    public string RefundedTo => Deal.Sponsor.ToString();
}
