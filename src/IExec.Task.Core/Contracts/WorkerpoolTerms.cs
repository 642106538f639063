using System;
using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>What a workerpool's contract tells.</summary>
/// <param name="Address">The contract.</param>
/// <param name="Owner">Who holds its token in the registry.</param>
/// <param name="Description">Whatever its owner wrote when it was made.</param>
/// <param name="WorkerStakePercent">What a worker locks for a contribution, in percent of the workerpool's price of the task.</param>
/// <param name="SchedulerRewardPercent">What the owner gets of a completed task's reward, in percent.</param>
/// <param name="BlockTimestamp">The time of the block in which it was read.</param>
internal sealed record WorkerpoolTerms(
    Address Address, Address Owner, string Description, BigInteger WorkerStakePercent, long SchedulerRewardPercent, DateTimeOffset BlockTimestamp);
