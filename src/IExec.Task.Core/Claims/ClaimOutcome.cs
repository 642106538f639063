using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Claims;

/// <summary>What came of the wish to claim: a claim, a failure of one or several tasks, or something to know about a task that needs no claim any more.</summary>
internal sealed record ClaimOutcome
{
    private ClaimOutcome()
    {
    }

    public IExecTaskClaim? Claim { get; private init; }

    public IExecException? Failure { get; private init; }

    /// <summary>Why nothing is left to do, and that it is no error.</summary>
    public string? Notice { get; private init; }

    /// <summary>What the user passed and that failed: one input, or an array of several.</summary>
    public object? FailedInput { get; private init; }

    public static ClaimOutcome Of(IExecTaskClaim claim) => new() { Claim = claim };

    public static ClaimOutcome Of(string notice) => new() { Notice = notice };

    public static ClaimOutcome Of(IExecException failure, params IEnumerable<TaskTarget> tasks)
    {
        var inputs = tasks.Select(task => task.Input).Distinct().ToArray();
        return new ClaimOutcome { Failure = failure, FailedInput = inputs.Length == 1 ? inputs[0] : inputs };
    }
}
