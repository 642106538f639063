using System;

namespace IExec.Tasks;

/// <summary>The tasks of a deal with which it stands the same, and what to do about them.</summary>
public sealed class IExecDealDiagnosis
{
    internal IExecDealDiagnosis()
    {
    }

    /// <summary>The deal's id.</summary>
    public required string DealId { get; init; }

    /// <summary>How it stands with these tasks.</summary>
    public IExecTaskVerdict Verdict { get; internal init; }

    /// <summary>What that means here, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>How many tasks they are.</summary>
    public int Count => Tasks.Length;

    /// <summary>How many tasks the deal has.</summary>
    public long Of { get; internal init; }

    /// <summary>The next step for all of them, as a command to run.</summary>
    public required string NextStep { get; init; }

    /// <summary>From when on the next step can be done (UTC, on the chain's clock); null for now.</summary>
    public DateTimeOffset? From { get; internal init; }

    /// <summary>By when the first of them has to go on, or it is lost (UTC, on the chain's clock); null when nothing is lost by time.</summary>
    public DateTimeOffset? By { get; internal init; }

    /// <summary>The diagnosis of each task, in the order of their indexes.</summary>
    public IExecTaskDiagnosis[] Tasks { get; internal init; } = [];

    /// <summary>Such as <c>37 of 40: The worker could not download the app's image.</c></summary>
    public override string ToString() => $"{Count} of {Of}: {Summary}";
}
