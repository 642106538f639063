using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Diagnosis;

/// <summary>The facts about a task for its diagnosis.</summary>
/// <param name="Task">The task as the chain has it.</param>
/// <param name="Events">Its events, in order; the first is the deal.</param>
/// <param name="Info">The scheduler's view; null when it is not known.</param>
internal sealed record TaskFacts(IExecTask Task, IReadOnlyList<IExecTaskEvent> Events, IExecTaskOffchainInfo? Info)
{
    private const int MaxEvidence = 20;

    /// <summary>The statuses of iexec-core in which a scheduler has given up on a task.</summary>
    private static readonly HashSet<string> GivenUp = new(StringComparer.Ordinal)
    {
        "INITIALIZE_FAILED", "RUNNING_FAILED", "CONTRIBUTION_TIMEOUT", "REOPEN_FAILED", "RESULT_UPLOAD_TIMEOUT", "FINALIZE_FAILED", "FINAL_DEADLINE_REACHED", "FAILED",
    };

    private static readonly HashSet<IExecTaskEventKind> Steps =
    [
        IExecTaskEventKind.DealMatched, IExecTaskEventKind.Initialized, IExecTaskEventKind.Contributed, IExecTaskEventKind.ConsensusReached,
        IExecTaskEventKind.Revealed, IExecTaskEventKind.Reopened, IExecTaskEventKind.Finalized, IExecTaskEventKind.Claimed,
    ];

    /// <summary>The beginning of the error report that is the result; null when the result is not one, or has not been read.</summary>
    public string? Report { get; init; }

    /// <summary>Whether the result may be an error report: the scheduler says that a run failed, or its view is not known.</summary>
    public bool MayHoldReport => Task.Outlook == IExecTaskOutlook.Completed && (Info is null || AppError is not null);

    /// <summary>The workers' parts.</summary>
    public IReadOnlyList<IExecTaskReplicate> Workers => Info?.Replicates ?? [];

    /// <summary>The chain's clock.</summary>
    public DateTimeOffset Now => Task.BlockTimestamp;

    /// <summary>How long ago the deal was made.</summary>
    public TimeSpan Age => Now - (Events[0].Timestamp ?? Now);

    /// <summary>Whether more than half of the time for contributions has passed.</summary>
    public bool IsPastHalf => Age > Task.ContributionDeadline - Now;

    /// <summary>Whether consensus is reached and a worker has revealed.</summary>
    public bool IsRevealed => Task is { OnChainStatus: IExecTaskStatus.Revealing, RevealCounter: > 0 };

    /// <summary>Whether the scheduler has given up on the task.</summary>
    public bool IsGivenUp => Info?.Status is { } status && GivenUp.Contains(status);

    /// <summary>Whether all workers that took the task have failed, and there was one.</summary>
    public bool AllFailed => Workers.Count > 0 && Workers.All(HasFailed);

    /// <summary>Whether a worker has taken the task and has not failed.</summary>
    public bool IsWorkedOn => Workers.Any(worker => !HasFailed(worker));

    /// <summary>
    /// The most frequent problem of the workers that failed, or else why the scheduler gave up on the task, in one sentence; null when it is not known.
    /// </summary>
    public string? Problem => Most(Workers.Where(HasFailed).Select(worker => worker.Explanation))
        ?? Most((Info?.StatusHistory ?? []).Where(update => update.Status != "FAILED").Select(update => update.Explanation));

    /// <summary>
    /// The error of a run whose worker contributed nevertheless, in one sentence; null when none is known. A standard task whose preparation fails completes
    /// with an error report as its result (iexec-worker, <c>error.txt</c>).
    /// </summary>
    public string? AppError => Most(Workers.Where(worker => !HasFailed(worker)).Select(ErrorOf)) ?? (Report is null ? null : "The result is an error report.");

    /// <summary>The last event on the chain, and the last of the scheduler for the task and for each worker; at most 20.</summary>
    public IEnumerable<IExecTaskEvent> Evidence
    {
        get
        {
            var last = Events
                .Where(happened => happened.Kind is not { } kind || Steps.Contains(kind))
                .GroupBy(happened => (happened.Source, Worker: happened.Source == IExecTaskEventSource.Chain ? null : happened.Worker))
                .Select(history => history.LastOrDefault(happened => happened.Explanation is not null && happened.Source == IExecTaskEventSource.Scheduler) ?? history.Last());
            return last.Take(MaxEvidence);
        }
    }

    private static bool HasFailed(IExecTaskReplicate worker) =>
        worker.Status is { } status && (status is "FAILED" or "ABORTED" or "WORKER_LOST" || status.EndsWith("_FAILED", StringComparison.Ordinal));

    private static string? ErrorOf(IExecTaskReplicate worker) =>
        worker.StatusHistory.LastOrDefault(update => update.Status is "APP_DOWNLOAD_FAILED" or "DATA_DOWNLOAD_FAILED" or "COMPUTE_FAILED")?.Explanation
        ?? (worker.ExitCode is { } code and not 0 ? FormattableString.Invariant($"The application failed with exit code {code}.") : null);

    /// <summary>The first sentence that most of the explanations begin with.</summary>
    private static string? Most(IEnumerable<string?> explanations) => explanations
        .OfType<string>()
        .GroupBy(FirstSentence, StringComparer.Ordinal)
        .OrderByDescending(same => same.Count())
        .FirstOrDefault()?.Key;

    private static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text.Substring(0, end + 1);
    }
}
