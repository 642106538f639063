using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Contracts;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Fakes;
using IExec.Tasks.UnitTests.Transport.Rpc;

namespace IExec.Tasks.UnitTests.Contracts;

/// <summary>Reads of a contract that returns its calldata, from nodes that support different ways to read many contracts at once.</summary>
public sealed class ContractReaderTests : RpcTestBase
{
    private const long Clock = 1_700_000_000;
    private const int Reverting = 7;
    private static readonly Address Contract = Address.Parse("0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E");

    private bool _hasMulticall3 = true;
    private bool _takesBatches = true;
    private int _mostCalls = int.MaxValue;
    private int _longestRequest = int.MaxValue;

    public static TheoryData<int> Counts => [0, 1, 2, 499, 500, 501, 1001];

    [Theory]
    [MemberData(nameof(Counts))]
    public async Task Reads_500_in_a_call_through_Multicall3(int count)
    {
        var node = await StartAsync();
        await AssertReadAsync(node, count);
        Assert.Equal((count + 499) / 500, node.Requests.Count);
    }

    [Fact]
    public async Task Halves_a_call_that_needs_too_much_gas()
    {
        var node = await StartAsync();
        _mostCalls = 126; // with the one for the clock
        await AssertReadAsync(node, 500);
        Assert.Equal(1 + 2 + 4, node.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Halves_a_request_that_is_too_long_for_the_node(bool hasMulticall3)
    {
        var node = await StartAsync();
        _hasMulticall3 = hasMulticall3;
        await AssertReadAsync(node, 1);
        var before = node.Requests.Count;

        _longestRequest = 30_000;
        await AssertReadAsync(Reader(node), 200);

        Assert.Contains(node.Requests.Skip(before), request => request.Body.Length > _longestRequest);
        Assert.InRange(node.Requests.Count - before, 3, 12);
    }

    [Fact]
    public async Task Reads_one_by_one_where_any_batch_is_too_long()
    {
        var node = await StartAsync();
        (_hasMulticall3, _longestRequest) = (false, 250);
        await AssertReadAsync(node, 4);
        Assert.Equal(4, node.Requests.Count(request => request.Body.Length <= _longestRequest && request.Text.Contains("eth_call", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(501)]
    public async Task Reads_in_JSON_RPC_batches_where_there_is_no_Multicall3(int count)
    {
        var node = await StartAsync();
        _hasMulticall3 = false;
        await AssertReadAsync(node, count);
        Assert.Contains(node.Requests, request => request.Text.StartsWith('['));
        Assert.InRange(node.Requests.Count, 2, 4);
    }

    [Fact]
    public async Task Reads_one_by_one_where_there_are_no_batches_either_and_remembers_it()
    {
        var node = await StartAsync();
        (_hasMulticall3, _takesBatches) = (false, false);
        var reader = Reader(node);
        await AssertReadAsync(reader, 20);
        Assert.Equal(1 + 1 + 1 + 20, node.Requests.Count); // in vain, in vain, the clock, the reads

        await AssertReadAsync(reader, 20);
        Assert.Equal(23 + 1 + 20, node.Requests.Count);
    }

    private async Task<FaultyHttpServer> StartAsync()
    {
        var node = await StartNodeAsync();
        node.Handler = request => request.Body.Length > _longestRequest ? ScriptedReply.WithStatus(HttpStatusCode.RequestEntityTooLarge) : ScriptedReply.Json(JsonNode.Parse(request.Body) switch
        {
            JsonArray when !_takesBatches => """{"id":null,"error":{"code":-32600,"message":"no batches"}}""",
            JsonArray batch => new JsonArray([.. batch.Select(each => Answer(each!))]).ToJsonString(),
            var single => Answer(single!).ToJsonString(),
        });
        return node;
    }

    private ContractReader Reader(FaultyHttpServer node) => new(Client(node), new ReadSupport(), NoDiagnostics.Instance);

    private Task AssertReadAsync(FaultyHttpServer node, int count) => AssertReadAsync(Reader(node), count);

    private static async Task AssertReadAsync(ContractReader reader, int count)
    {
        var calls = Enumerable.Range(0, count).Select(i => new ContractCall(Contract, BitConverter.GetBytes(i))).ToList();

        var answers = await reader.ReadAsync(
            calls, answer => (answer.Index, answer.Succeeded, Value: answer.Succeeded ? BitConverter.ToInt32(answer.Data) : -1, answer.BlockTimestamp.ToUnixTimeSeconds()), CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, count).Select(i => (i, i != Reverting, i == Reverting ? -1 : i, Clock)), answers);
    }

    private JsonObject Answer(JsonNode request)
    {
        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = request["id"]!.DeepClone() };
        if (request["method"]!.GetValue<string>() is "eth_getBlockByNumber")
        {
            answer["result"] = new JsonObject { ["number"] = "0x1", ["timestamp"] = $"0x{Clock:x}", ["gasLimit"] = "0x1" };
            return answer;
        }

        var call = request["params"]![0]!;
        var data = Hex.Decode(call["data"]!.GetValue<string>());
        if (Address.Parse(call["to"]!.GetValue<string>()) == Contract)
            return Return(answer, data);
        if (!_hasMulticall3)
            answer["result"] = "0x";
        else if (Aggregate(data) is { } results)
            answer["result"] = Hex.Encode(results);
        else
            answer["error"] = new JsonObject { ["code"] = -32000, ["message"] = "out of gas" };
        return answer;
    }

    private static JsonObject Return(JsonObject answer, byte[] data)
    {
        if (BitConverter.ToInt32(data) == Reverting)
            answer["error"] = new JsonObject { ["code"] = 3, ["message"] = "execution reverted" };
        else
            answer["result"] = Hex.Encode(data);
        return answer;
    }

    /// <summary>What Multicall3 returns; null when it is too much.</summary>
    private byte[]? Aggregate(byte[] calldata)
    {
        var calls = new AbiReader(calldata.AsSpan(4)).ReadArray(1, out var count);
        if (count > _mostCalls)
            return null;
        var results = new List<(bool Succeeded, byte[] Data)>();
        for (var i = 0; i < count; i++)
        {
            var call = calls.ReadTuple();
            var target = call.ReadAddress();
            Assert.True(call.ReadBoolean());
            var data = call.ReadBytes().ToArray();
            results.Add(target == Contract ? (BitConverter.ToInt32(data) != Reverting, data) : (true, Word(Clock)));
        }

        return new AbiWriter(0, 1).AddTuples(count, 2, (writer, i) => writer.Add(results[i].Succeeded).AddBytes(results[i].Data)).ToArray()[4..];
    }

    private static byte[] Word(long value)
    {
        var word = new byte[32];
        BinaryPrimitives.WriteInt64BigEndian(word.AsSpan(24), value);
        return word;
    }
}
