using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace IExec.Tasks.Ethereum;

/// <summary>The calls of the hub's claims (<c>IexecPoco2</c> of the PoCo contracts), as calldata.</summary>
public static class ClaimMessages
{
    /// <summary><c>claim(bytes32)</c>.</summary>
    /// <param name="taskId">32 bytes.</param>
    public static byte[] Claim(byte[] taskId) => new ClaimFunction { TaskId = taskId }.GetCallData();

    /// <summary><c>claimArray(bytes32[])</c>.</summary>
    /// <param name="taskIds">32 bytes each.</param>
    public static byte[] ClaimArray(IEnumerable<byte[]> taskIds) => new ClaimArrayFunction { TaskIds = [.. taskIds] }.GetCallData();

    /// <summary><c>initializeAndClaimArray(bytes32[],uint256[])</c>.</summary>
    /// <param name="dealIds">The tasks' deals: 32 bytes each.</param>
    /// <param name="indexes">The tasks' indexes, as many.</param>
    public static byte[] InitializeAndClaimArray(IEnumerable<byte[]> dealIds, IEnumerable<long> indexes) =>
        new InitializeAndClaimArrayFunction { DealIds = [.. dealIds], Indexes = [.. indexes.Select(index => (BigInteger)index)] }.GetCallData();

    [Function("claim")]
    private sealed class ClaimFunction : FunctionMessage
    {
        [Parameter("bytes32", "_taskid", 1)]
        public byte[] TaskId { get; set; } = [];
    }

    [Function("claimArray", "bool")]
    private sealed class ClaimArrayFunction : FunctionMessage
    {
        [Parameter("bytes32[]", "_taskid", 1)]
        public List<byte[]> TaskIds { get; set; } = [];
    }

    [Function("initializeAndClaimArray", "bool")]
    private sealed class InitializeAndClaimArrayFunction : FunctionMessage
    {
        [Parameter("bytes32[]", "_dealid", 1)]
        public List<byte[]> DealIds { get; set; } = [];

        [Parameter("uint256[]", "_idx", 2)]
        public List<BigInteger> Indexes { get; set; } = [];
    }
}
