using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace IExec.Tasks.Loading;

/// <summary>What the module remembers for one runspace. Nothing is kept per process, so parallel runspaces never see each other's connection.</summary>
internal sealed class RunspaceState
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceState> States = new();

    /// <summary>The state of the runspace that runs the calling cmdlet.</summary>
    public static RunspaceState Current => States.GetValue(Runspace.DefaultRunspace, static _ => new RunspaceState());

    /// <summary>The same, where no cmdlet may be running; null on a thread without a runspace.</summary>
    public static RunspaceState? OfThisThread => Runspace.DefaultRunspace is null ? null : Current;

    private bool _isHandedOut;
    private bool _isDefaultChainTold;

    /// <summary>The connection that cmdlets use when none is passed; null before the first is made.</summary>
    public IExecConnection? Connection { get; private set; }

    /// <summary>The ids and addresses that cmdlets have emitted, for completion.</summary>
    public SeenItems Seen { get; } = new();

    /// <summary>Whether to warn that the default chain is used without having been chosen; true once.</summary>
    public bool TellsOfDefaultChain() => !_isDefaultChainTold && (_isDefaultChainTold = true);

    /// <summary>
    /// Makes this the runspace's connection. The one that it replaces stays open if it was emitted; otherwise its key is wiped.
    /// </summary>
    public IExecConnection Keep(IExecConnection connection)
    {
        Forget();
        return Connection = connection;
    }

    /// <summary>Returns the connection for the user, who then has to close it.</summary>
    public IExecConnection? HandOut()
    {
        _isHandedOut = true;
        return Connection;
    }

    /// <summary>Leaves the runspace without a connection.</summary>
    public void Forget()
    {
        if (!_isHandedOut)
            Connection?.WipeKey();
        Connection = null;
        _isHandedOut = false;
    }
}
