using System;
using System.Management.Automation;
using System.Numerics;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Cmdlets;

/// <summary>Writes the core's messages, which come from any thread, to the streams of the cmdlet they belong to.</summary>
internal sealed class CmdletDiagnostics(AsyncCmdlet cmdlet, Action<Action> post) : IDiagnostics
{
    private readonly object _gate = new();
    private int _requests;
    private DateTimeOffset? _block;
    private BigInteger? _blockNumber;

    /// <summary>Writes the chain, node, block and number of requests of a command that has ended. Only the pipeline thread may call it.</summary>
    public void WriteSummary(IExecConnection connection)
    {
        string summary;
        lock (_gate)
        {
            var block = _block is { } time ? $" as of {(_blockNumber is { } number ? $"block {number}" : "the block")} of {time:u}" : "";
            summary = $"Chain {connection.Chain} ({connection.ChainId}) at node {connection.Rpc.Node}{block}; {_requests} {(_requests == 1 ? "request" : "requests")}.";
        }

        WriteVerbose(summary);
    }

    public void CountRequest()
    {
        lock (_gate)
            _requests++;
    }

    public void SeeBlock(DateTimeOffset timestamp, BigInteger? number)
    {
        lock (_gate)
        {
            if (timestamp > _block)
                _blockNumber = null;
            _block = timestamp > _block || _block is null ? timestamp : _block;
            _blockNumber ??= timestamp == _block ? number : null;
        }
    }

    public void Verbose(string message) => post(() => WriteVerbose(message));

    public Task WarnAsync(string message)
    {
        var written = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        post(() =>
        {
            try
            {
                cmdlet.WriteWarning(message);
                written.SetResult(true);
            }
            catch (PipelineStoppedException)
            {
                written.SetCanceled();
            }
            catch (Exception exception)
            {
                written.SetException(exception); // $WarningPreference is Stop, or the console fails: passed on to the waiting caller
            }
        });
        return written.Task;
    }

    public void Debug(string message) => post(() => cmdlet.WriteDebug(message));

    /// <summary>With -Debug alone the engine would prompt at every verbose message: they go to the debug stream.</summary>
    private void WriteVerbose(string message)
    {
        if (IsDebugging && !cmdlet.MyInvocation.BoundParameters.ContainsKey("Verbose"))
            cmdlet.WriteDebug(message);
        else
            cmdlet.WriteVerbose(message);
    }

    private bool IsDebugging => cmdlet.MyInvocation.BoundParameters.TryGetValue("Debug", out var value) && value is SwitchParameter { IsPresent: true };
}
