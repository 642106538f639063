using System;

namespace IExec.Tasks;

/// <summary>A failure with an id that scripts can test for and, if there is better advice than the id's usual one, what to do.</summary>
/// <param name="errorId">What went wrong.</param>
/// <param name="message">One sentence that says what is wrong, with the values that matter. Never a secret.</param>
/// <param name="recommendedAction">What to do; null for the id's usual advice.</param>
/// <param name="innerException">What caused it.</param>
public class IExecException(IExecErrorId errorId, string message, string? recommendedAction = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public IExecErrorId ErrorId { get; } = errorId;

    /// <summary>What to do about it; null for the id's usual advice.</summary>
    public string? RecommendedAction { get; } = recommendedAction;
}
