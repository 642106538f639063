namespace IExec.Tasks;

/// <summary>Who says that something happened.</summary>
public enum IExecTaskEventSource
{
    /// <summary>The chain: the hub's events. Times are those of blocks.</summary>
    Chain,

    /// <summary>The workerpool's scheduler: its word, and its clock.</summary>
    Scheduler,
}
