namespace IExec.Tasks;

/// <summary>
/// The output of the application on one worker. The text is raw: written to a terminal, its control sequences would take effect there. The module's own
/// view shows them as visible symbols instead.
/// </summary>
public sealed class IExecTaskLog
{
    internal IExecTaskLog()
    {
    }

    /// <summary>The task's id: <c>0x</c> and 64 lower-case hexadecimal digits.</summary>
    public string TaskId { get; internal init; } = "";

    /// <summary>The worker (EIP-55).</summary>
    public string Worker { get; internal init; } = "";

    /// <summary>The standard output; of long ones the last 100,000 characters. Empty when there was none.</summary>
    public string Stdout { get; internal init; } = "";

    /// <summary>The standard error; of long ones the last 100,000 characters. Empty when there was none.</summary>
    public string Stderr { get; internal init; } = "";

    /// <summary>The same log with other text.</summary>
    internal IExecTaskLog With(string stdout, string stderr) => new() { TaskId = TaskId, Worker = Worker, Stdout = stdout, Stderr = stderr };

    /// <summary>The task and the worker.</summary>
    public override string ToString() => $"{TaskId} {Worker}";
}
