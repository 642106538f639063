namespace IExec.Tasks.Tasks;

/// <summary>What was found for an input, or why nothing was.</summary>
/// <typeparam name="T">What is looked for.</typeparam>
/// <param name="Input">What the user named; becomes the target of error records.</param>
/// <param name="Value">What was found; null on failure.</param>
/// <param name="Failure">Why nothing was found; null on success.</param>
internal sealed record Found<T>(object Input, T? Value, IExecException? Failure = null)
    where T : class
{
    /// <summary>What was found.</summary>
    /// <exception cref="IExecException">Nothing was.</exception>
    public T Require() => Value ?? throw Failure!;
}
