using System;
using System.Collections.Generic;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>One request of a cmdlet to a service.</summary>
/// <param name="Name">The cmdlet, and what it requests.</param>
/// <param name="Service">The service that receives it.</param>
/// <param name="Command">A command line that makes the request; empty when Connect-IExec makes it.</param>
/// <param name="Matches">Recognises the request.</param>
internal sealed record Step(string Name, Service Service, string Command, Func<RecordedRequest, bool> Matches)
{
    /// <summary>The chain that the command works on.</summary>
    public DevnetProfile Profile { get; init; } = DevnetProfile.Arbitrum;

    /// <summary>Only requests after one that matches this are counted; null to count all.</summary>
    public Func<RecordedRequest, bool>? After { get; init; }

    /// <summary>Which of the matching requests it is, from 1.</summary>
    public int Occurrence { get; init; } = 1;

    /// <summary>How the service behaves apart from the fault, so that the request is made at all.</summary>
    public Func<FaultWorld, ServerBehavior>? Behavior { get; init; }

    /// <summary>How the command handles a failure of this request.</summary>
    public Tolerance Tolerance { get; init; }

    /// <summary>Faults whose outcome differs from the rule.</summary>
    public IReadOnlyList<StepException> Exceptions { get; init; } = [];

    /// <summary>The retries that the command needs to recover from one fault.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>Whether the number of requests before this one varies with the speed of the chain.</summary>
    public bool OrderVaries { get; init; }

    /// <summary>Whether the request is a JSON-RPC batch.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Whether the command can split or rewrite the request when the node says that it is too long.</summary>
    public bool HasOtherForm { get; init; }

    /// <summary>Whether the command repeats the request before it relies on the answer.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether the command retries with a smaller request when the service fails.</summary>
    public bool RetriesSmaller { get; init; }

    /// <summary>Whether it is the first request to the service.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether the command claims a task, and so needs one for itself.</summary>
    public bool Claims => Command.StartsWith("Invoke-IExecTaskClaim", StringComparison.Ordinal);
}
