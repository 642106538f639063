using System;
using System.Text;
using System.Text.Json;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>
/// The hub's events of new deals. Each match of orders emits one <c>SchedulerNotice(address indexed workerpool, bytes32 dealid)</c> (PoCo,
/// <c>IexecPoco1</c>), and locks the price with <c>Transfer(address indexed from, address indexed to, uint256 value)</c> from the payer to the hub, which is
/// its own token; it does so even if the price is zero.
/// </summary>
internal static class DealLogCodec
{
    /// <summary>The first topic of <c>SchedulerNotice</c>.</summary>
    public static Bytes32 SchedulerNotice { get; } = Topic("SchedulerNotice(address,bytes32)");

    /// <summary>The first topic of <c>Transfer</c>.</summary>
    public static Bytes32 Transfer { get; } = Topic("Transfer(address,address,uint256)");

    /// <summary>An address as a topic.</summary>
    public static Bytes32 Indexed(Address address)
    {
        Span<byte> word = stackalloc byte[Bytes32.Size];
        word.Clear();
        address.CopyTo(word.Slice(Bytes32.Size - Address.Size));
        return new Bytes32(word);
    }

    /// <summary>Decodes a log object that must be a notice of this hub.</summary>
    /// <exception cref="AbiFormatException">It is not.</exception>
    public static DealNotice DecodeNotice(JsonElement log, Address hub) =>
        FindNotice(log, hub) ?? throw new AbiFormatException($"it holds an event that is not a SchedulerNotice of {hub}.");

    /// <summary>Decodes a log object; null when it is not a notice of this hub.</summary>
    /// <exception cref="AbiFormatException">It is one, but malformed.</exception>
    public static DealNotice? FindNotice(JsonElement log, Address hub)
    {
        if (EventLog.Read(log) is not { Topics: [var topic, _] } read || topic != SchedulerNotice || read.Address != hub)
            return null;
        return new DealNotice(
            log.Bytes32("data") ?? throw Malformed("data"),
            Number(log, "blockNumber"),
            Number(log, "logIndex"),
            read.TransactionHash ?? throw Malformed("transactionHash"));
    }

    /// <summary>Decodes the transaction and the block of a log object that must be a transfer to this hub.</summary>
    /// <exception cref="AbiFormatException">It is not.</exception>
    public static (Bytes32 TransactionHash, long BlockNumber) DecodeLock(JsonElement log, Address hub) =>
        EventLog.Read(log) is { Topics: [var topic, _, var to], TransactionHash: { } hash } read && topic == Transfer && read.Address == hub && to == Indexed(hub)
            ? (hash, Number(log, "blockNumber"))
            : throw new AbiFormatException($"it holds an event that is not a Transfer to {hub}.");

    private static long Number(JsonElement log, string name) => log.Quantity(name) is { } value && value <= long.MaxValue ? (long)value : throw Malformed(name);

    private static AbiFormatException Malformed(string member) => new($"the {member} of an event cannot be read.");

    private static Bytes32 Topic(string signature) => Bytes32.Keccak(Encoding.ASCII.GetBytes(signature));
}
