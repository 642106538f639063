using System;
using System.Numerics;
using System.Threading.Tasks;

namespace IExec.Tasks.Diagnostics;

/// <summary>Ignores all messages.</summary>
internal sealed class NoDiagnostics : IDiagnostics
{
    public static readonly NoDiagnostics Instance = new();

    private NoDiagnostics()
    {
    }

    public void Verbose(string message)
    {
    }

    public Task WarnAsync(string message) => Task.CompletedTask;

    public void Debug(string message)
    {
    }

    public void CountRequest()
    {
    }

    public void SeeBlock(DateTimeOffset timestamp, BigInteger? number)
    {
    }
}
