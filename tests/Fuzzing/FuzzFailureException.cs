using System;

namespace IExec.Tasks.Fuzzing;

/// <summary>An input for which a target breaks an invariant.</summary>
internal sealed class FuzzFailureException(string target, byte[] input, string what, Exception? cause = null)
    : Exception($"{target}: {what} (input: {Convert.ToBase64String(input.AsSpan(0, Math.Min(input.Length, Longest)))}, {input.Length} bytes)", cause)
{
    private const int Longest = 400;

    public byte[] Input => input;
}
