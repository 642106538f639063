using System;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>One way in which a service can fail.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Kind">Its kind, which decides the expected outcome.</param>
/// <param name="Apply">Changes the server's correct response into the faulty one; faults of the connection return it unchanged.</param>
internal sealed record Fault(string Name, FaultKind Kind, Func<RecordedRequest, ScriptedReply, ScriptedReply> Apply)
{
    /// <summary>The steps that this fault can happen to.</summary>
    public Func<Step, bool> AppliesTo { get; init; } = _ => true;

    /// <summary>The HTTP status when that is the fault; else 0.</summary>
    public int Status { get; init; }

    /// <summary>Whether the service says that the request is too long.</summary>
    public bool IsTooLong => Status == 413;

    /// <summary>Whether the service asks to slow down.</summary>
    public bool IsRateLimit { get; init; }

    /// <summary>Whether the command notices it only when a request times out.</summary>
    public bool TakesTime { get; init; }

    /// <summary>Closes the proxy's port; null for faults that need a connection.</summary>
    public Action<FaultyProxy>? ClosePort { get; init; }

    /// <summary>Changes a service's URL into one that cannot work; null when the URL is not the fault.</summary>
    public Func<Uri, Uri>? BreakUrl { get; init; }
}
