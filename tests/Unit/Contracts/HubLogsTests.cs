using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Fakes;
using IExec.Tasks.UnitTests.Transport.Rpc;

namespace IExec.Tasks.UnitTests.Contracts;

/// <summary>A node that has one event in each block, or in one of so many, and gives the logs of so many blocks at once.</summary>
public sealed class HubLogsTests : RpcTestBase
{
    private static readonly Address Hub = Address.Parse("0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E");
    private static readonly Bytes32 Id = Bytes32.Parse(VectorFile.TaskId(0));

    private readonly ConcurrentQueue<(long From, long To)> _asked = new();
    private long _most = long.MaxValue;
    private long _everyBlocks = 1;

    [Theory]
    [InlineData(5, 5, 1)]
    [InlineData(1, 2000, 1)]
    [InlineData(1, 2001, 2)]
    [InlineData(7, 4010, 3)]
    public async Task Reads_2000_blocks_at_once_and_each_once(long first, long last, int requests)
    {
        var logs = await ReadAsync(first, last);

        Assert.Equal(Range(first, last), logs);
        Assert.Equal(requests, _asked.Count);
    }

    [Fact]
    public async Task Asks_for_fewer_blocks_until_the_node_gives_them_and_stays_there()
    {
        _most = 300;

        Assert.Equal(Range(1, 1000), await ReadAsync(1, 1000));

        Assert.Equal([(1, 1000), (1, 500), (1, 250), (251, 500), (501, 750), (751, 1000)], _asked);
    }

    [Fact]
    public async Task Fails_when_the_node_refuses_even_a_few_blocks()
    {
        _most = 1;
        await Assert.ThrowsAsync<RpcException>(() => ReadAsync(1, 8));
        Assert.Equal([(1, 8)], _asked);

        _asked.Clear();
        await Assert.ThrowsAsync<RpcException>(() => ReadAsync(1, 9));
        Assert.Equal([(1, 9), (1, 4)], _asked);
    }

    [Fact]
    public async Task Sends_at_most_fifty_requests()
    {
        _everyBlocks = 1000;
        Assert.Equal(100, (await ReadAsync(1, 100_000)).Length);
        var error = await Assert.ThrowsAsync<IExecException>(() => ReadAsync(1, 100_001));
        Assert.Equal(IExecErrorId.RpcError, error.ErrorId);
        Assert.Equal(50 + 50, _asked.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("null")]
    public async Task A_response_that_is_not_a_log_is_an_error(string json)
    {
        var client = Client(await StartNodeAsync(Result(json)));
        var error = await Assert.ThrowsAsync<IExecException>(() => new HubLogs(client, Hub).ReadAsync([Id], 1, 1, CancellationToken.None));
        Assert.Equal(IExecErrorId.RpcError, error.ErrorId);
    }

    [Theory]
    [InlineData("address", "0x70997970C51812dc3A010C7d01b50e0d17dc79C8")]
    [InlineData("blockNumber", "0x0")]
    [InlineData("blockNumber", "0x2")]
    [InlineData("topics", null)]
    public async Task Rejects_events_of_another_hub_task_or_block(string member, string? value)
    {
        var log = Log(1);
        log[member] = value is null ? new JsonArray(TaskEventCodec.Topics[4].ToString(), VectorFile.TaskId(1)) : value;
        var client = Client(await StartNodeAsync(Result(new JsonArray(log).ToJsonString())));
        var error = await Assert.ThrowsAsync<IExecException>(() => new HubLogs(client, Hub).ReadAsync([Id], 1, 1, CancellationToken.None));
        Assert.Equal(IExecErrorId.RpcError, error.ErrorId);
    }

    private static long[] Range(long first, long last) => [.. Enumerable.Range((int)first, (int)(last - first + 1)).Select(block => (long)block)];

    private async Task<long[]> ReadAsync(long first, long last)
    {
        var node = await StartNodeAsync();
        node.Handler = Answer;
        return [.. (await new HubLogs(Client(node), Hub).ReadAsync([Id], first, last, CancellationToken.None)).Select(log => log.BlockNumber)];
    }

    private ScriptedReply Answer(RecordedRequest request)
    {
        var asked = JsonNode.Parse(request.Body)!;
        var filter = asked["params"]![0]!;
        var (from, to) = (Block(filter, "fromBlock"), Block(filter, "toBlock"));
        _asked.Enqueue((from, to));
        if (to - from + 1 > _most)
            return Error("""{"code":-32602,"message":"too many blocks"}""", asked["id"]!.GetValue<long>());
        return Result(new JsonArray([.. Range(from, to).Where(block => block % _everyBlocks == 0).Reverse().Select(Log)]).ToJsonString(), asked["id"]!.GetValue<long>());
    }

    private static JsonObject Log(long block) => new()
    {
        ["address"] = Hub.ToString(),
        ["topics"] = new JsonArray(TaskEventCodec.Topics[4].ToString(), Id.ToString()),
        ["data"] = "0x",
        ["blockNumber"] = $"0x{block:x}",
        ["logIndex"] = "0x0",
        ["transactionHash"] = Id.ToString(),
    };

    private static long Block(JsonNode filter, string name) => Convert.ToInt64(filter[name]!.GetValue<string>(), 16);
}
