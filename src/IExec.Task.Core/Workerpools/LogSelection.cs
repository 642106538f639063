using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Workerpools;

/// <summary>What is wanted of the logs of a task.</summary>
/// <param name="Workers">The workers (EIP-55) whose logs are wanted; null for all.</param>
/// <param name="Tail">How many lines of the end of each output are wanted; null for all.</param>
internal sealed record LogSelection(IReadOnlyCollection<string>? Workers, int? Tail)
{
    /// <summary>The logs of the workers that are wanted, whole.</summary>
    public IEnumerable<IExecTaskLog> OfWorkers(IEnumerable<IExecTaskLog> logs) => Workers is null ? logs : logs.Where(log => Workers.Contains(log.Worker));

    /// <summary>What is wanted of logs; nothing where no lines are.</summary>
    public IEnumerable<IExecTaskLog> Of(IEnumerable<IExecTaskLog> logs) => Tail switch
    {
        null => OfWorkers(logs),
        0 => [],
        { } lines => OfWorkers(logs).Select(log => log.With(LogText.Last(log.Stdout, lines), LogText.Last(log.Stderr, lines))),
    };
}
