namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>One case of the matrix.</summary>
/// <param name="Step">The request that fails.</param>
/// <param name="Fault">How it fails.</param>
/// <param name="Always">Whether it fails every time; else only once.</param>
internal sealed record Cell(Step Step, Fault Fault, bool Always)
{
    public override string ToString() => $"{Step.Name} × {Fault.Name}, {(Always ? "always" : "once")}";
}
