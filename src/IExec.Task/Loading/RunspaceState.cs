using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace IExec.Tasks.Loading;

/// <summary>What the module remembers for one runspace. Nothing is kept per process, so parallel runspaces never see each other's connection.</summary>
internal sealed class RunspaceState
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceState> States = new();

    /// <summary>The state of the runspace that runs the calling cmdlet.</summary>
    public static RunspaceState Current => States.GetValue(Runspace.DefaultRunspace, static _ => new RunspaceState());

    /// <summary>The same where no cmdlet may be running; null on a thread without a runspace.</summary>
    public static RunspaceState? OfThisThread => Runspace.DefaultRunspace is null ? null : Current;

    private bool _isHandedOut;
    private bool _isDefaultChainTold;

    /// <summary>The connection that cmdlets use when none is passed; null before the first is made.</summary>
    public IExecConnection? Connection { get; private set; }

    /// <summary>What the cmdlets have met.</summary>
    public SeenItems Seen { get; } = new();

    /// <summary>Whether it is still to be told that a chain is used which nobody chose; true once.</summary>
    public bool TellsOfDefaultChain() => !_isDefaultChainTold && (_isDefaultChainTold = true);

    /// <summary>
    /// Makes this the runspace's connection. The one it replaces stays open for whoever holds it; if nobody can, because it was never given to
    /// the user, its key is wiped.
    /// </summary>
    public IExecConnection Keep(IExecConnection connection)
    {
        Forget();
        return Connection = connection;
    }

    /// <summary>Gives the connection to the user.</summary>
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
