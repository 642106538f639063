using System;
using System.Collections.Generic;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Diagnosis;

/// <summary>
/// All rules of the diagnosis, in the order in which they are tried. They use the state of the PoCo contracts, the chain's clock, and the scheduler's view
/// (iexec-core). The last one always applies.
/// </summary>
internal static class DiagnosisRules
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<DiagnosisRule> All { get; } =
    [
        new(IExecTaskVerdict.CompletedWithAppError, facts => Is(facts, IExecTaskOutlook.Completed) && facts.AppError is not null,
            facts => $"The task is completed, but its run failed; the result may be an error report. {facts.AppError}", Logs) { WantsLogs = true },
        new(IExecTaskVerdict.Completed, facts => Is(facts, IExecTaskOutlook.Completed), _ => "The task is completed.", TaskCommand.Save) { DependsOnScheduler = true },
        new(IExecTaskVerdict.Failed, facts => Is(facts, IExecTaskOutlook.Failed),
            facts => With("The task did not complete in time; it was claimed, and its price was refunded.", facts), Events),
        new(IExecTaskVerdict.Refundable, facts => Is(facts, IExecTaskOutlook.Claimable),
            facts => With("The task did not complete before its final deadline; a claim refunds its price.", facts), TaskCommand.Claim),
        new(IExecTaskVerdict.CannotSucceed, facts => Is(facts, IExecTaskOutlook.CannotComplete) && facts.Task.OnChainStatus == IExecTaskStatus.Revealing,
            facts => With("The workers agreed on a result, but none revealed it in time.", facts), TaskCommand.Claim) { From = FinalDeadline },
        new(IExecTaskVerdict.CannotSucceed, facts => Is(facts, IExecTaskOutlook.CannotComplete),
            facts => With("The time for contributions ended without a consensus.", facts), TaskCommand.Claim) { From = FinalDeadline },
        new(IExecTaskVerdict.CannotSucceed, facts => facts.IsGivenUp,
            facts => With("The workerpool has given up on the task.", facts), TaskCommand.Claim) { From = FinalDeadline, WantsLogs = true },
        new(IExecTaskVerdict.Stuck, facts => facts.Task.OnChainStatus == IExecTaskStatus.Unset && facts.Age > facts.Task.TimeRef,
            _ => "The workerpool has not initialised the task, which usually takes less than a minute.", Offchain) { By = ContributionDeadline },
        new(IExecTaskVerdict.Stuck, facts => facts.Task.OnChainStatus == IExecTaskStatus.Active && facts.AllFailed,
            facts => With("All workers that took the task have failed.", facts), Logs) { By = ContributionDeadline, WantsLogs = true },
        new(IExecTaskVerdict.Stuck, facts => facts.IsRevealed && facts.Now >= facts.Task.RevealDeadline,
            _ => "The workers revealed the result, but the workerpool has not finalised the task.", Offchain) { By = FinalDeadline },
        new(IExecTaskVerdict.Stuck, facts => IsActive(facts) && facts.IsPastHalf && facts.Info is not null && facts.Workers.Count == 0,
            _ => "No worker has taken the task, and more than half of the time for contributions has passed.", Offchain) { By = ContributionDeadline },
        new(IExecTaskVerdict.Running, facts => facts.Task.OnChainStatus == IExecTaskStatus.Revealing,
            _ => "The workers agreed on a result, and are revealing and uploading it.", Watch) { By = task => task.RevealCounter > 0 ? task.FinalDeadline : task.RevealDeadline },
        new(IExecTaskVerdict.Slow, facts => IsActive(facts) && facts.IsPastHalf,
            _ => "More than half of the time for contributions has passed, and the workers have not agreed on a result.", Watch) { By = ContributionDeadline, DependsOnScheduler = true },
        new(IExecTaskVerdict.Running, facts => IsActive(facts) && (facts.IsWorkedOn || facts.Task.Contributors.Length > 0),
            _ => "Workers are at work on the task.", Watch) { By = ContributionDeadline },
        new(IExecTaskVerdict.Waiting, facts => IsActive(facts),
            facts => facts.Info is null ? "The task is initialised, and no worker has contributed yet." : "The task is initialised, and no worker has taken it yet.",
            Watch) { By = ContributionDeadline, DependsOnScheduler = true },
        new(IExecTaskVerdict.Waiting, _ => true, _ => "The deal is made, and the workerpool has not initialised the task yet.", Watch) { By = ContributionDeadline },
    ];

    private static bool Is(TaskFacts facts, IExecTaskOutlook outlook) => facts.Task.Outlook == outlook;

    private static bool IsActive(TaskFacts facts) => facts.Task.OnChainStatus == IExecTaskStatus.Active;

    private static string With(string sentence, TaskFacts facts) => facts.Problem is { } problem ? $"{sentence} {problem}" : sentence;

    private static DateTimeOffset? ContributionDeadline(IExecTask task) => task.ContributionDeadline;

    private static DateTimeOffset? FinalDeadline(IExecTask task) => task.FinalDeadline;

    private static string Logs(IReadOnlyList<IExecTask> tasks) => TaskCommand.Of("Get-IExecTaskLog", tasks, null);

    private static string Events(IReadOnlyList<IExecTask> tasks) => TaskCommand.Of("Get-IExecTaskEvent", tasks, "Status -eq Failed");

    private static string Offchain(IReadOnlyList<IExecTask> tasks) => TaskCommand.Of("Get-IExecTaskOffchainInfo", tasks, null);

    private static string Watch(IReadOnlyList<IExecTask> tasks) => TaskCommand.Of("Watch-IExecTask", tasks, null);
}
