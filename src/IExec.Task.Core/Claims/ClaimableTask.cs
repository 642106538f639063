using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Claims;

/// <summary>A task that passed the checks.</summary>
/// <param name="Target">How the user named it.</param>
/// <param name="Task">Its state.</param>
/// <param name="Deal">Its deal, which says what is paid back and to whom.</param>
internal sealed record ClaimableTask(TaskTarget Target, IExecTask Task, Deal Deal)
{
    public Bytes32 Id => Target.TaskId;

    /// <summary>Whether the hub knows it already; otherwise it is initialised in the same transaction.</summary>
    public bool IsInitialized => Task.OnChainStatus != IExecTaskStatus.Unset;

    /// <summary>What a claim pays back, in RLC.</summary>
    public decimal RefundRlc { get; } = Rlc.FromNano(Deal.TaskPrice);

    /// <summary>Whom it pays back (EIP-55).</summary>
    public string RefundedTo => Deal.Sponsor.ToString();
}
