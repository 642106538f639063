using System;
using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>The terms in a workerpool's contract.</summary>
/// <param name="Address">The contract.</param>
/// <param name="Owner">The holder of its token in the registry.</param>
/// <param name="Description">The owner's description, any text.</param>
/// <param name="WorkerStakePercent">A worker's stake for a contribution, in percent of the workerpool's price of the task.</param>
/// <param name="SchedulerRewardPercent">The owner's share of a completed task's reward, in percent.</param>
/// <param name="BlockTimestamp">The time of the block in which it was read.</param>
internal sealed record WorkerpoolTerms(
    Address Address, Address Owner, string Description, BigInteger WorkerStakePercent, long SchedulerRewardPercent, DateTimeOffset BlockTimestamp);
