using System;
using System.Buffers.Binary;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Contracts;

public sealed class DealCodecTests
{
    private const int WordSize = 32;
    private const int FirstField = WordSize; // behind the tuple's offset
    private const int AppPointer = 0;
    private const int AppPrice = 2;
    private const int DatasetPrice = 5;
    private const int WorkerpoolPrice = 8;
    private const int BotFirst = 17;
    private const int BotSize = 18;
    private static readonly Bytes32 Id = Bytes32.Parse(VectorFile.Text("dealId"));

    [Fact]
    public void Encodes_viewDeal_and_viewCategory()
    {
        Assert.Equal(32 + 4, DealCodec.Encode(Id).Length);
        Assert.Equal(VectorFile.Bytes("abi", "viewDeal_call").AsSpan(0, 4).ToArray(), DealCodec.Encode(Id).AsSpan(0, 4).ToArray());
        Assert.Equal(VectorFile.Bytes("abi", "viewCategory_call"), DealCodec.EncodeCategory(0));
    }

    [Fact]
    public void A_category_tells_its_unit_of_time() =>
        Assert.Equal(TimeSpan.FromMinutes(5), DealCodec.DecodeCategory(VectorFile.Bytes("abi", "viewCategory_return")).TimeRef);

    [Fact]
    public void A_task_costs_the_three_prices_together() =>
        Assert.Equal(1 + 20 + 300, Decode((AppPrice, 1), (DatasetPrice, 20), (WorkerpoolPrice, 300))!.TaskPrice);

    [Fact]
    public void Invalid_UTF_8_in_the_parameters_is_replaced()
    {
        var data = VectorFile.Bytes("abi", "viewDeal_return");
        var parameters = data.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(DealCodec.Decode(Id, data)!.Params));
        data[parameters] = 0xff;

        Assert.StartsWith("\ufffd", DealCodec.Decode(Id, data)!.Params, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deal_without_an_app_does_not_exist()
    {
        var data = VectorFile.Bytes("abi", "viewDeal_return");
        data.AsSpan(FirstField + (WordSize * AppPointer), WordSize).Clear();
        Assert.Null(DealCodec.Decode(Id, data));
        Assert.NotNull(DealCodec.Decode(Id, VectorFile.Bytes("abi", "viewDeal_return")));
    }

    [Fact]
    public void Contains_exactly_the_tasks_from_its_first_to_its_last()
    {
        var deal = Decode((BotFirst, 100), (BotSize, 3))!;
        Assert.Equal([false, true, true, true, false], Array.ConvertAll([99L, 100, 101, 102, 103], deal.Holds));
        Assert.False(deal.Holds(-1));
        Assert.False(Decode((BotFirst, 0), (BotSize, 0))!.Holds(0));
    }

    [Fact]
    public void Rejects_indexes_that_are_out_of_range()
    {
        var deal = Decode((BotFirst, 10), (BotSize, long.MaxValue - 10))!;
        Assert.True(deal.Holds(long.MaxValue - 1));
        Assert.False(deal.Holds(long.MaxValue));
        Assert.Throws<AbiFormatException>(() => Decode((BotFirst, 10), (BotSize, long.MaxValue - 9)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 300)]
    [InlineData(10, 3000)]
    public void A_deadline_is_a_multiple_of_the_unit_after_the_start(long ratio, long seconds)
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        Assert.Equal(start.AddSeconds(seconds), HubClient.After(start, TimeSpan.FromMinutes(5), ratio));
    }

    [Fact]
    public void A_deadline_out_of_range_becomes_the_last_date()
    {
        var start = DateTimeOffset.MaxValue.AddTicks(-20);
        Assert.Equal(DateTimeOffset.MaxValue, HubClient.After(start, TimeSpan.FromTicks(10), 2));
        Assert.Equal(DateTimeOffset.MaxValue, HubClient.After(start, TimeSpan.FromTicks(10), 3));
        Assert.Equal(DateTimeOffset.MaxValue, HubClient.After(start, TimeSpan.MaxValue, long.MaxValue));
        Assert.Equal(start.AddTicks(18), HubClient.After(start, TimeSpan.FromTicks(9), 2));
    }

    private static Deal? Decode(params (int Field, long Value)[] changes)
    {
        var data = VectorFile.Bytes("abi", "viewDeal_return");
        foreach (var (field, value) in changes)
            BinaryPrimitives.WriteInt64BigEndian(data.AsSpan(FirstField + (WordSize * (field + 1)) - sizeof(long)), value);
        return DealCodec.Decode(Id, data);
    }
}
