using System;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Contracts;

public sealed class ClaimCodecTests
{
    private static readonly Address Hub = Address.Parse("0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E");
    private static readonly Bytes32 Id = Bytes32.Parse(VectorFile.TaskId(0));
    private static readonly Bytes32 Other = Bytes32.Parse(VectorFile.TaskId(1));

    [Fact]
    public void Calls_claim_for_one_task_and_claimArray_for_more()
    {
        Assert.Equal(VectorFile.Bytes("abi", "claim_call"), ClaimCodec.Encode([Id]));
        Assert.Equal("0xfa055d7e", Hex.Encode(ClaimCodec.Encode([Id, Other]).AsSpan(0, 4)));
        var ones = Bytes32.Parse("0x" + new string('1', 64));
        Assert.Equal(VectorFile.Bytes("abi", "claimArray_call"), ClaimCodec.Encode([Id, ones]));
    }

    [Fact]
    public void Calls_initializeAndClaimArray_with_deals_and_indexes()
    {
        var deal = Bytes32.Parse(VectorFile.Text("dealId"));
        Assert.Equal(VectorFile.Bytes("abi", "initializeAndClaimArray_call_idx5_6"), ClaimCodec.EncodeUninitialized([(deal, 5), (deal, 6)]));
    }

    [Fact]
    public void Reads_the_calls_that_it_writes()
    {
        var deal = Bytes32.Parse(VectorFile.Text("dealId"));
        Assert.Equal([Id], ClaimCodec.Decode(ClaimCodec.Encode([Id]))!.Value.TaskIds);
        Assert.Equal([Id, Other], ClaimCodec.Decode(ClaimCodec.Encode([Id, Other]))!.Value.TaskIds);
        Assert.Equal([(deal, 5), (deal, 6)], ClaimCodec.Decode(ClaimCodec.EncodeUninitialized([(deal, 5), (deal, 6)]))!.Value.Uninitialized);
        Assert.Null(ClaimCodec.Decode([1, 2, 3]));
        Assert.Null(ClaimCodec.Decode(Hex.Decode("0xa9059cbb" + new string('0', 128))));
    }

    [Fact]
    public void Rejects_truncated_or_inconsistent_calldata()
    {
        var deal = Bytes32.Parse(VectorFile.Text("dealId"));
        foreach (var calldata in new[] { ClaimCodec.Encode([Id]), ClaimCodec.Encode([Id, Other]), ClaimCodec.EncodeUninitialized([(deal, 5)]) })
            Assert.Throws<AbiFormatException>(() => ClaimCodec.Decode(calldata.AsSpan(0, calldata.Length - 1)));
        var twoDeals = ClaimCodec.EncodeUninitialized([(deal, 5), (deal, 6)]);
        twoDeals[4 + (2 * 32) + 31] = 1; // the length of the first array
        Assert.Throws<AbiFormatException>(() => ClaimCodec.Decode(twoDeals));
    }

    [Fact]
    public void Only_the_hubs_own_event_for_this_very_task_verifies_a_claim()
    {
        Assert.True(ClaimCodec.Verifies(new EventLog(Hub, [ClaimCodec.TaskClaimed, Id]), Hub, Id));

        Assert.False(ClaimCodec.Verifies(new EventLog(default, [ClaimCodec.TaskClaimed, Id]), Hub, Id));
        Assert.False(ClaimCodec.Verifies(new EventLog(Hub, [Other, Id]), Hub, Id));
        Assert.False(ClaimCodec.Verifies(new EventLog(Hub, [ClaimCodec.TaskClaimed, Other]), Hub, Id));
        Assert.False(ClaimCodec.Verifies(new EventLog(Hub, [ClaimCodec.TaskClaimed]), Hub, Id));
        Assert.False(ClaimCodec.Verifies(new EventLog(Hub, [ClaimCodec.TaskClaimed, Id, Other]), Hub, Id));
    }
}
