using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks;

/// <summary>The number of a deal's tasks in each status.</summary>
public sealed class IExecDealTaskCounts
{
    internal IExecDealTaskCounts()
    {
    }

    /// <summary>Bought and not initialised yet.</summary>
    public long Unset { get; internal set; }

    /// <summary>Initialised; workers may contribute.</summary>
    public long Active { get; internal set; }

    /// <summary>Consensus reached: workers reveal.</summary>
    public long Revealing { get; internal set; }

    /// <summary>Finalised with a result.</summary>
    public long Completed { get; internal set; }

    /// <summary>Claimed and refunded.</summary>
    public long Failed { get; internal set; }

    /// <summary>Open past the final deadline, initialised or not: can be claimed.</summary>
    public long Timeout { get; internal set; }

    /// <summary>The number of tasks in a status.</summary>
    internal long Of(IExecTaskStatus status) => status switch
    {
        IExecTaskStatus.Unset => Unset,
        IExecTaskStatus.Active => Active,
        IExecTaskStatus.Revealing => Revealing,
        IExecTaskStatus.Completed => Completed,
        IExecTaskStatus.Failed => Failed,
        _ => Timeout,
    };

    /// <summary>Counts a task.</summary>
    internal void Add(IExecTask task)
    {
        switch (task.Status)
        {
            case IExecTaskStatus.Unset:
                Unset++;
                break;
            case IExecTaskStatus.Active:
                Active++;
                break;
            case IExecTaskStatus.Revealing:
                Revealing++;
                break;
            case IExecTaskStatus.Completed:
                Completed++;
                break;
            case IExecTaskStatus.Failed:
                Failed++;
                break;
            default:
                Timeout++;
                break;
        }
    }

    /// <summary>The numbers that are not zero, with their statuses.</summary>
    public override string ToString() => string.Join(", ", Parts().Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Status}"));

    private IEnumerable<(long Count, string Status)> Parts() =>
        [(Unset, "UNSET"), (Active, "ACTIVE"), (Revealing, "REVEALING"), (Completed, "COMPLETED"), (Failed, "FAILED"), (Timeout, "TIMEOUT")];
}
