namespace IExec.Tasks;

/// <summary>The source of an event.</summary>
public enum IExecTaskEventSource
{
    /// <summary>The chain: the hub's events. Times are those of blocks.</summary>
    Chain,

    /// <summary>The workerpool's scheduler, which is not trusted. Times are those of its own clock.</summary>
    Scheduler,
}
