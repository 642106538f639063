using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Claims;

/// <summary>The outcome of a claim: the claim, an error of one or several tasks, or a note on a task that no longer needs a claim.</summary>
internal sealed record ClaimOutcome
{
    private ClaimOutcome()
    {
    }

    public IExecTaskClaim? Claim { get; private init; }

    public IExecException? Failure { get; private init; }

    /// <summary>Why nothing is left to do, which is not an error.</summary>
    public string? Notice { get; private init; }

    /// <summary>The user's input that failed: one, or an array of several.</summary>
    public object? FailedInput { get; private init; }

    public static ClaimOutcome Of(IExecTaskClaim claim) => new() { Claim = claim };

    public static ClaimOutcome Of(string notice) => new() { Notice = notice };

    public static ClaimOutcome Of(IExecException failure, params IEnumerable<TaskTarget> tasks)
    {
        var inputs = tasks.Select(task => task.Input).Distinct().ToArray();
        return new ClaimOutcome { Failure = failure, FailedInput = inputs.Length == 1 ? inputs[0] : inputs };
    }
}
