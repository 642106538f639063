using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Diagnosis;

/// <summary>What is known of a task when it is diagnosed.</summary>
/// <param name="Task">The task as the chain has it.</param>
/// <param name="Events">What happened, in order; the first is the deal.</param>
/// <param name="Info">What the scheduler says; null when it says nothing.</param>
internal sealed record TaskFacts(IExecTask Task, IReadOnlyList<IExecTaskEvent> Events, IExecTaskOffchainInfo? Info)
{
    private const int MostEvidence = 20;

    /// <summary>The statuses of iexec-core in which a scheduler has given a task up.</summary>
    private static readonly HashSet<string> GivenUp = new(StringComparer.Ordinal)
    {
        "INITIALIZE_FAILED", "RUNNING_FAILED", "CONTRIBUTION_TIMEOUT", "REOPEN_FAILED", "RESULT_UPLOAD_TIMEOUT", "FINALIZE_FAILED", "FINAL_DEADLINE_REACHED", "FAILED",
    };

    private static readonly HashSet<IExecTaskEventKind> Steps =
    [
        IExecTaskEventKind.DealMatched, IExecTaskEventKind.Initialized, IExecTaskEventKind.Contributed, IExecTaskEventKind.ConsensusReached,
        IExecTaskEventKind.Revealed, IExecTaskEventKind.Reopened, IExecTaskEventKind.Finalized, IExecTaskEventKind.Claimed,
    ];

    /// <summary>The beginning of a report of an error that the workers stored for the result; null when they stored none, and while that is not known.</summary>
    public string? Report { get; init; }

    /// <summary>Whether the result may be a report of an error: the scheduler says that a run failed, or says nothing.</summary>
    public bool MayHoldReport => Task.Outlook == IExecTaskOutlook.Completed && (Info is null || AppError is not null);

    /// <summary>The workers' parts.</summary>
    public IReadOnlyList<IExecTaskReplicate> Workers => Info?.Replicates ?? [];

    /// <summary>The chain's clock.</summary>
    public DateTimeOffset Now => Task.BlockTimestamp;

    /// <summary>How long ago the deal was made.</summary>
    public TimeSpan Age => Now - (Events[0].Timestamp ?? Now);

    /// <summary>Whether more than half of the time for contributions has passed.</summary>
    public bool IsPastHalf => Age > Task.ContributionDeadline - Now;

    /// <summary>Whether the workers have agreed and one of them has shown the result.</summary>
    public bool IsRevealed => Task is { OnChainStatus: IExecTaskStatus.Revealing, RevealCounter: > 0 };

    /// <summary>Whether the scheduler does nothing more for the task.</summary>
    public bool IsGivenUp => Info?.Status is { } status && GivenUp.Contains(status);

    /// <summary>Whether all workers that took the task have failed, and there was one.</summary>
    public bool AllFailed => Workers.Count > 0 && Workers.All(HasFailed);

    /// <summary>Whether a worker has the task and has not failed.</summary>
    public bool IsWorkedOn => Workers.Any(worker => !HasFailed(worker));

    /// <summary>
    /// What most of the workers that failed ran into, or else why the scheduler gave the task up, in one sentence; null when nothing is known.
    /// </summary>
    public string? Trouble => Most(Workers.Where(HasFailed).Select(worker => worker.Explanation))
        ?? Most((Info?.StatusHistory ?? []).Where(update => update.Status != "FAILED").Select(update => update.Explanation));

    /// <summary>
    /// What a run had for an error whose worker did its part to the end all the same, in one sentence; null when none is known. A standard task whose preparation
    /// fails completes with a report of the error for its result (iexec-worker, <c>error.txt</c>).
    /// </summary>
    public string? AppError => Most(Workers.Where(worker => !HasFailed(worker)).Select(ErrorOf)) ?? (Report is null ? null : "The result is a report of the error.");

    /// <summary>The last step on the chain, and the last that the scheduler says of the task and of each worker; no more than 20.</summary>
    public IEnumerable<IExecTaskEvent> Evidence
    {
        get
        {
            var last = Events
                .Where(happened => happened.Kind is not { } kind || Steps.Contains(kind))
                .GroupBy(happened => (happened.Source, Worker: happened.Source == IExecTaskEventSource.Chain ? null : happened.Worker))
                .Select(history => history.LastOrDefault(happened => happened.Explanation is not null && happened.Source == IExecTaskEventSource.Scheduler) ?? history.Last());
            return last.Take(MostEvidence);
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
