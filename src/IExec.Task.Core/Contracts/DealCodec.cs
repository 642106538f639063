using System;
using System.Text;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>The hub's <c>viewDeal(bytes32)</c> and <c>viewCategory(uint256)</c>; the layouts are <c>IexecLibCore_v5.Deal</c> and <c>.Category</c> of the PoCo contracts.</summary>
internal static class DealCodec
{
    private const uint ViewDeal = 0xb74861b2;
    private const uint ViewCategory = 0x4f5f44ec;

    public static byte[] Encode(Bytes32 dealId) => AbiWriter.Call(ViewDeal, dealId);

    public static byte[] EncodeCategory(ulong category) => new AbiWriter(ViewCategory, 1).Add(category).ToArray();

    /// <summary>Decodes the result of <c>viewDeal</c>.</summary>
    /// <returns>The deal; null when there is none with this id, which the contract shows as all zero.</returns>
    /// <exception cref="AbiFormatException">The data is not a deal.</exception>
    public static Deal? Decode(Bytes32 dealId, ReadOnlySpan<byte> returnData)
    {
        var tuple = new AbiReader(returnData).ReadTuple();
        var app = ReadResource(ref tuple);
        var dataset = ReadResource(ref tuple);
        var workerpool = ReadResource(ref tuple);
        var trust = tuple.ReadUInt256();
        var category = tuple.ReadUInt64();
        var tag = tuple.ReadBytes32();
        var requester = tuple.ReadAddress();
        var beneficiary = tuple.ReadAddress();
        var callback = tuple.ReadAddress();
        var parameters = Text(tuple.ReadBytes());
        var startTime = tuple.ReadUnixTime();
        var botFirst = tuple.ReadCount();
        var botSize = tuple.ReadCount();
        tuple.Skip(2); // worker stake, scheduler reward ratio
        var sponsor = tuple.ReadAddress();
        if (app.Address.IsZero)
            return null;
        if (botSize > long.MaxValue - botFirst)
            throw new AbiFormatException("A deal's last index is out of range.");

        return new Deal
        {
            Id = dealId,
            App = app,
            Dataset = dataset,
            Workerpool = workerpool,
            Requester = requester,
            Beneficiary = beneficiary,
            Callback = callback,
            Sponsor = sponsor.IsZero ? requester : sponsor, // deals from before PoCo 5.5 have no sponsor
            Trust = trust,
            Tag = tag,
            Params = parameters,
            Category = category,
            StartTime = startTime,
            BotFirst = botFirst,
            BotSize = botSize,
        };
    }

    /// <summary>Decodes the result of <c>viewCategory</c>.</summary>
    /// <exception cref="AbiFormatException">The data is not a category.</exception>
    public static DealCategory DecodeCategory(ReadOnlySpan<byte> returnData)
    {
        var tuple = new AbiReader(returnData).ReadTuple();
        var name = Text(tuple.ReadBytes());
        tuple.Skip(1); // description
        return new DealCategory(name, tuple.ReadDuration());
    }

    private static DealResource ReadResource(ref AbiReader tuple) => new(tuple.ReadAddress(), tuple.ReadAddress(), tuple.ReadUInt256());

    /// <summary>Invalid UTF-8 becomes U+FFFD: the text is the requester's, and nothing depends on it.</summary>
    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
