using System;
using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>The hub's <c>viewDeal(bytes32)</c> and <c>viewCategory(uint256)</c>; the layouts are <c>IexecLibCore_v5.Deal</c> and <c>.Category</c> of the PoCo contracts.</summary>
internal static class DealCodec
{
    private const uint ViewDeal = 0xb74861b2;
    private const uint ViewCategory = 0x4f5f44ec;

    public static byte[] Encode(Bytes32 dealId) => AbiWriter.Call(ViewDeal, dealId);

    public static byte[] EncodeCategory(ulong category) => new AbiWriter(ViewCategory, 1).Add(category).ToArray();

    /// <summary>Reads what <c>viewDeal</c> returned.</summary>
    /// <returns>The deal; null when there is none with this id, which the contract shows as all zero.</returns>
    /// <exception cref="AbiFormatException">The data is not a deal.</exception>
    public static Deal? Decode(Bytes32 dealId, ReadOnlySpan<byte> returnData)
    {
        var tuple = new AbiReader(returnData).ReadTuple();
        var app = ReadAsset(ref tuple);
        var dataset = ReadAsset(ref tuple);
        var workerpool = ReadAsset(ref tuple);
        tuple.Skip(1); // trust
        var category = tuple.ReadUInt64();
        tuple.Skip(1); // tag
        var requester = tuple.ReadAddress();
        var beneficiary = tuple.ReadAddress();
        var callback = tuple.ReadAddress();
        tuple.Skip(1); // params
        var startTime = tuple.ReadUnixTime();
        var botFirst = tuple.ReadCount();
        var botSize = tuple.ReadCount();
        tuple.Skip(2); // worker stake, scheduler reward ratio
        var sponsor = tuple.ReadAddress();
        if (app.Pointer.IsZero)
            return null;
        if (botSize > long.MaxValue - botFirst)
            throw new AbiFormatException("A deal's last index is out of range.");

        return new Deal
        {
            Id = dealId,
            Workerpool = workerpool.Pointer,
            Requester = requester,
            Beneficiary = beneficiary,
            Callback = callback,
            Sponsor = sponsor,
            TaskPrice = app.Price + dataset.Price + workerpool.Price,
            Category = category,
            StartTime = startTime,
            BotFirst = botFirst,
            BotSize = botSize,
        };
    }

    /// <summary>Reads the unit of time out of what <c>viewCategory</c> returned.</summary>
    public static TimeSpan DecodeTimeRef(ReadOnlySpan<byte> returnData)
    {
        var tuple = new AbiReader(returnData).ReadTuple();
        tuple.Skip(2); // name and description
        return tuple.ReadDuration();
    }

    private static (Address Pointer, BigInteger Price) ReadAsset(ref AbiReader tuple)
    {
        var pointer = tuple.ReadAddress();
        tuple.Skip(1); // owner
        return (pointer, tuple.ReadUInt256());
    }
}
