using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace IExec.Tasks.Loading;

/// <summary>What the module remembers for one runspace. Nothing is kept per process, so parallel runspaces never see each other's connection.</summary>
internal sealed class RunspaceState
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceState> States = new();

    /// <summary>The state of the runspace that runs the calling cmdlet.</summary>
    public static RunspaceState Current => States.GetValue(Runspace.DefaultRunspace, static _ => new RunspaceState());

    /// <summary>The connection that cmdlets use when none is passed; null before the first is made. One that is replaced stays open for whoever holds it.</summary>
    public IExecConnection? Connection { get; set; }
}
