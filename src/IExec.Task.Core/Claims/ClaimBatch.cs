using System.Collections.Generic;
using System.Numerics;

namespace IExec.Tasks.Claims;

/// <summary>The tasks of one transaction.</summary>
/// <param name="Tasks">The tasks, all initialised or none of them.</param>
/// <param name="GasLimit">The gas it needs, with headroom; null when the one task that it holds cannot be claimed.</param>
/// <param name="Refusal">The node's error for that one task; null when there is none.</param>
internal sealed record ClaimBatch(IReadOnlyList<ClaimableTask> Tasks, BigInteger? GasLimit, RpcException? Refusal = null);
