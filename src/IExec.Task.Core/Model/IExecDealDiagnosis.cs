using System;

namespace IExec.Tasks;

/// <summary>The tasks of a deal with the same verdict and summary, and what to do about them.</summary>
public sealed class IExecDealDiagnosis
{
    internal IExecDealDiagnosis()
    {
    }

    /// <summary>The deal's id.</summary>
    public required string DealId { get; init; }

    /// <summary>The verdict on these tasks.</summary>
    public IExecTaskVerdict Verdict { get; internal init; }

    /// <summary>The reason, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>How many tasks have it.</summary>
    public int Count => Tasks.Length;

    /// <summary>How many tasks the deal has.</summary>
    public long Of { get; internal init; }

    /// <summary>The next step for all of them, as a command to run.</summary>
    public required string NextStep { get; init; }

    /// <summary>The time from which the next step can be run (UTC, on the chain's clock); null when it can be run now.</summary>
    public DateTimeOffset? From { get; internal init; }

    /// <summary>The first deadline by which one of them must make progress to complete (UTC, on the chain's clock); null when there is none.</summary>
    public DateTimeOffset? By { get; internal init; }

    /// <summary>The diagnosis of each task, in the order of their indexes.</summary>
    public IExecTaskDiagnosis[] Tasks { get; internal init; } = [];

    /// <summary>Such as <c>37 of 40: The worker could not download the app's image.</c></summary>
    public override string ToString() => $"{Count} of {Of}: {Summary}";
}
