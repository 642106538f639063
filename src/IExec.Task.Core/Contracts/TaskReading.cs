using System;

namespace IExec.Tasks.Contracts;

/// <summary>The hub's state of a task id.</summary>
/// <param name="Task">The task; null when it is not initialised or does not exist, which the hub cannot tell apart.</param>
/// <param name="BlockTimestamp">The time of the block it was read in.</param>
internal sealed record TaskReading(IExecTask? Task, DateTimeOffset BlockTimestamp);
