using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Connections;
using IExec.Tasks.Loading;

namespace IExec.Tasks.Cmdlets;

/// <summary>A cmdlet that works through a connection: the one passed, else the runspace's, else a new read-only one to the default chain.</summary>
public abstract class ConnectedCmdlet : IExecCmdlet
{
    private CancellationTokenRegistration _closing;
    private IExecConnection? _connection;

    /// <summary>The connection to use instead of the runspace's own.</summary>
    [Parameter]
    [ValidateNotNull]
    [OpenConnection]
    public IExecConnection? Connection { get; set; }

    /// <summary>Starts this command's work. When the connection is closed meanwhile, by another runspace for example, the work ends.</summary>
    private protected async Task<IExecSession> OpenSessionAsync(CancellationToken cancellationToken)
    {
        var state = RunspaceState.Current;
        var connection = Connection ?? state.Connection ?? state.Keep(await ConnectAsync(new ConnectionSettings(), cancellationToken));
        var session = connection.Open(Diagnostics);
        _connection = connection;
        _closing = connection.Closing.Register(() => Abort(connection.Closed()));
        return session;
    }

    /// <summary>Reads something optional. When that fails, the reason is added to <paramref name="unknown"/>; an unreachable node still ends the command.</summary>
    private protected static async Task<T?> IfKnownAsync<T>(string what, List<string> unknown, Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (IExecException exception) when (exception.ErrorId is not (IExecErrorId.RpcUnavailable or IExecErrorId.RateLimited))
        {
            unknown.Add($"{what}: {exception.Message}");
            return null;
        }
    }

    /// <summary>Remembers the ids of an object for completion.</summary>
    private protected static void Remember(object item) => RunspaceState.Current.Seen.Add(item);

    /// <summary>Emits an object and remembers its ids for completion.</summary>
    private protected void Emit(object item)
    {
        Remember(item);
        WriteObject(item);
    }

    /// <summary>Reports the chain, node, block and number of requests.</summary>
    private protected override void OnEnded()
    {
        if (_connection is not null)
            Diagnostics.WriteSummary(_connection);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _closing.Dispose();
        base.Dispose(disposing);
    }
}
