using System;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>One way in which a service goes wrong.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Nature">What kind of trouble it is.</param>
/// <param name="Spoil">Makes of the server's answer to a request the one that is sent; what is wrong with the connection itself leaves it alone.</param>
internal sealed record Fault(string Name, Nature Nature, Func<RecordedRequest, ScriptedReply, ScriptedReply> Spoil)
{
    /// <summary>The services that can go wrong so.</summary>
    public Func<Step, bool> Concerns { get; init; } = _ => true;

    /// <summary>The status of the answer when that is the fault; else 0.</summary>
    public int Status { get; init; }

    /// <summary>Whether the service says that the request is longer than it takes.</summary>
    public bool IsTooLong => Status == 413;

    /// <summary>Whether the service asks to slow down.</summary>
    public bool IsRateLimit { get; init; }

    /// <summary>Whether it shows only when the time for one request has passed.</summary>
    public bool TakesTime { get; init; }

    /// <summary>Makes the port behave so; null for a fault of the exchange.</summary>
    public Action<FaultyProxy>? Close { get; init; }

    /// <summary>Makes of the URL of a good service one that leads nowhere.</summary>
    public Func<Uri, Uri>? Mislead { get; init; }
}
