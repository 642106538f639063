using System;

namespace IExec.Tasks.Fuzzing;

/// <summary>What must hold for every input that a target accepts.</summary>
internal static class Require
{
    public static void That(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException($"It does not hold that {what}.");
    }
}
