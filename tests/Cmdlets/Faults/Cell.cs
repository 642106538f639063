namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>One case of the matrix.</summary>
/// <param name="Step">What is asked for.</param>
/// <param name="Fault">What goes wrong.</param>
/// <param name="Always">Whether it stays so; else it happens once.</param>
internal sealed record Cell(Step Step, Fault Fault, bool Always)
{
    public override string ToString() => $"{Step.Name} × {Fault.Name}, {(Always ? "always" : "once")}";
}
