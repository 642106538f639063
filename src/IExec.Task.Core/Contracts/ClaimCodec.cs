using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>The hub's claims, and the event that verifies one (<c>IexecPoco2</c> of the PoCo contracts). One task that cannot be claimed makes the whole call revert.</summary>
internal static class ClaimCodec
{
    private const uint Claim = 0xbd66528a;
    private const uint ClaimArray = 0xfa055d7e;
    private const uint InitializeAndClaimArray = 0xf722cb32;

    /// <summary>The first topic of <c>TaskClaimed(bytes32 indexed taskid)</c>.</summary>
    public static Bytes32 TaskClaimed { get; } = Bytes32.Parse("0xcbc308b5f91040d2659a5201858344b0b583cd2f9e18e8470c2fa052c5b21ff8");

    /// <summary><c>claim(bytes32)</c> for one task, <c>claimArray(bytes32[])</c> for more.</summary>
    public static byte[] Encode(IReadOnlyCollection<Bytes32> taskIds) => taskIds.Count == 1
        ? ClaimMessages.Claim(taskIds.First().ToArray())
        : ClaimMessages.ClaimArray(taskIds.Select(id => id.ToArray()));

    /// <summary><c>initializeAndClaimArray(bytes32[],uint256[])</c>: the deals, and in each the task's own index, which begins at the deal's <c>botFirst</c>.</summary>
    public static byte[] EncodeUninitialized(IReadOnlyCollection<(Bytes32 DealId, long Index)> tasks) =>
        ClaimMessages.InitializeAndClaimArray(tasks.Select(task => task.DealId.ToArray()), tasks.Select(task => task.Index));

    /// <summary>Decodes the calldata of one of the hub's three claims; null for another call.</summary>
    /// <exception cref="AbiFormatException">The arguments are not those of the call.</exception>
    public static (IReadOnlyList<Bytes32> TaskIds, IReadOnlyList<(Bytes32 DealId, BigInteger Index)> Uninitialized)? Decode(ReadOnlySpan<byte> calldata)
    {
        if (calldata.Length < sizeof(uint))
            return null;
        var arguments = new AbiReader(calldata[sizeof(uint)..]);
        switch (BinaryPrimitives.ReadUInt32BigEndian(calldata))
        {
            case Claim:
                return ([arguments.ReadBytes32()], []);
            case ClaimArray:
                return (ReadIds(ref arguments), []);
            case InitializeAndClaimArray:
                var deals = ReadIds(ref arguments);
                var indexes = arguments.ReadArray(1, out var count);
                if (count != deals.Length)
                    throw new AbiFormatException("The numbers of deals and indexes differ.");
                var tasks = new (Bytes32, BigInteger)[count];
                for (var i = 0; i < count; i++)
                    tasks[i] = (deals[i], indexes.ReadUInt256());
                return ([], tasks);
            default:
                return null;
        }
    }

    private static Bytes32[] ReadIds(ref AbiReader arguments)
    {
        var elements = arguments.ReadArray(1, out var count);
        var ids = new Bytes32[count];
        for (var i = 0; i < count; i++)
            ids[i] = elements.ReadBytes32();
        return ids;
    }

    /// <summary>Whether this is the hub's event that the task was claimed.</summary>
    public static bool Verifies(EventLog log, Address hub, Bytes32 taskId) =>
        log.Address == hub && log.Topics is [var topic, var claimed] && topic == TaskClaimed && claimed == taskId;
}
