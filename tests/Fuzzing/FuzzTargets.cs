using System.Collections.Generic;
using IExec.Tasks.Fuzzing.Targets;

namespace IExec.Tasks.Fuzzing;

/// <summary>Every parser of untrusted bytes.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
        [.. TextTargets.All, .. RpcTargets.All, .. ContractTargets.All, .. IpfsTargets.All, .. ArchiveTargets.All, .. KeyTargets.All, .. ServiceTargets.All];
}
