using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Watching;

/// <summary>A task whose state differs between two readings.</summary>
/// <param name="TaskId">Its id.</param>
/// <param name="Before">The earlier reading.</param>
/// <param name="After">The later one.</param>
internal sealed record TaskChange(Bytes32 TaskId, IExecTask Before, IExecTask After);
