using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Workerpools;

/// <summary>Which logs of a task, and which part of them, to read.</summary>
/// <param name="Workers">The workers (EIP-55) whose logs to read; null for all.</param>
/// <param name="Tail">How many lines from the end of each output; null for all.</param>
internal sealed record LogSelection(IReadOnlyCollection<string>? Workers, int? Tail)
{
    /// <summary>The complete logs of the selected workers.</summary>
    public IEnumerable<IExecTaskLog> OfWorkers(IEnumerable<IExecTaskLog> logs) => Workers is null ? logs : logs.Where(log => Workers.Contains(log.Worker));

    /// <summary>The selected part of logs; none for zero lines.</summary>
    public IEnumerable<IExecTaskLog> Of(IEnumerable<IExecTaskLog> logs) => Tail switch
    {
        null => OfWorkers(logs),
        0 => [],
        { } lines => OfWorkers(logs).Select(log => log.With(LogText.Last(log.Stdout, lines), LogText.Last(log.Stderr, lines))),
    };
}
