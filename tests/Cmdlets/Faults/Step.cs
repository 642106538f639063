using System;
using System.Collections.Generic;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>One thing that a cmdlet asks of a service.</summary>
/// <param name="Name">The cmdlet, and what it asks for.</param>
/// <param name="Service">Who is asked.</param>
/// <param name="Command">A command line on whose way it is asked; nothing when to connect is enough.</param>
/// <param name="Matches">Tells the request.</param>
internal sealed record Step(string Name, Service Service, string Command, Func<RecordedRequest, bool> Matches)
{
    /// <summary>The chain that the command works on.</summary>
    public DevnetProfile Profile { get; init; } = DevnetProfile.Arbitrum;

    /// <summary>The request after which matching ones count; null when all do.</summary>
    public Func<RecordedRequest, bool>? After { get; init; }

    /// <summary>Which of the matching requests it is; the first is 1.</summary>
    public int Occurrence { get; init; } = 1;

    /// <summary>What the service is like apart from the fault, so that the step is reached.</summary>
    public Func<FaultWorld, Habit>? Habit { get; init; }

    /// <summary>How the command takes failures of this step.</summary>
    public Tolerance Tolerance { get; init; }

    /// <summary>Where the service's rule does not hold for this step.</summary>
    public IReadOnlyList<StepException> Exceptions { get; init; } = [];

    /// <summary>The retries that the step needs to get over one fault.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>Whether it depends on the chain's pace how many requests come before it.</summary>
    public bool Races { get; init; }

    /// <summary>Whether the request is a JSON-RPC batch.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Whether the command has another form for the request when the node says that it is too long.</summary>
    public bool HasOtherForm { get; init; }

    /// <summary>Whether the command asks again before it goes by the answer.</summary>
    public bool IsAskedAgain { get; init; }

    /// <summary>Whether the command asks for less when the service does not manage.</summary>
    public bool AsksForLess { get; init; }

    /// <summary>Whether it is the first request to the service.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether the command claims, so that it needs a task and an account of its own.</summary>
    public bool Claims => Command.StartsWith("Invoke-IExecTaskClaim", StringComparison.Ordinal);
}
