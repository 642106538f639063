using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.UnitTests.Transport.Rpc;

public sealed class RpcReplyTests : RpcTestBase
{
    [Fact]
    public async Task Reads_results_of_every_shape()
    {
        var node = await StartNodeAsync();
        node.Handler = Echo("\"0x00ff\"");
        Assert.Equal(new byte[] { 0, 255 }, (await Client(node).SendAsync(ChainId, CancellationToken.None)).GetHexBytes());

        node.Handler = Echo("\"0x\"");
        Assert.Empty((await Client(node).SendAsync(ChainId, CancellationToken.None)).GetHexBytes());

        node.Handler = Echo("\"0xffffffffffffffff\"");
        Assert.Equal(ulong.MaxValue, (await Client(node).SendAsync(ChainId, CancellationToken.None)).GetUInt64());

        node.Handler = Echo($"\"{VectorFile.TaskId(0)}\"");
        Assert.Equal(VectorFile.TaskId(0), (await Client(node).SendAsync(ChainId, CancellationToken.None)).GetBytes32().ToString());

        node.Handler = Echo("""{"number":"0x10","transactions":[]}""");
        Assert.Equal("0x10", (await Client(node).SendAsync(ChainId, CancellationToken.None)).GetJson().GetProperty("number").GetString());

        node.Handler = Echo("null");
        Assert.True((await Client(node).SendAsync(ChainId, CancellationToken.None)).IsNull);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    [InlineData("\"0x\"")]
    [InlineData("\"0xzz\"")]
    [InlineData("\"0x0\\u0030\"")]
    [InlineData("\"0x10000000000000000000000000000000000000000000000000000000000000000\"")]
    public async Task Says_what_a_result_is_not(string json)
    {
        var reply = await Client(await StartNodeAsync(Result(json))).SendAsync(ChainId, CancellationToken.None);

        Assert.Equal(IExecErrorId.RpcError, Assert.Throws<IExecException>(() => reply.GetQuantity()).ErrorId);
        Assert.Equal(IExecErrorId.RpcError, Assert.Throws<IExecException>(() => reply.GetBytes32()).ErrorId);
        if (json is not "\"0x\"")
            Assert.Throws<IExecException>(() => reply.GetHexBytes());
    }

    [Fact]
    public async Task Rejects_a_quantity_of_more_than_64_bits()
    {
        var reply = await Client(await StartNodeAsync(Result("\"0x10000000000000000\""))).SendAsync(ChainId, CancellationToken.None);
        Assert.Equal(IExecErrorId.RpcError, Assert.Throws<IExecException>(() => reply.GetUInt64()).ErrorId);
    }

    [Fact]
    public async Task Rejects_JSON_with_invalid_strings()
    {
        var node = await StartNodeAsync(
            Result("""{"number":"\ud800"}"""),
            Result("""{"\udc00":1}""", id: 2),
            new ScriptedReply { Body = [.. "{\"id\":3,\"result\":{\"a\":\""u8, 0xC3, .. "\"}}"u8] });
        var client = Client(node);
        for (var i = 0; i < 3; i++)
        {
            var reply = await client.SendAsync(ChainId, CancellationToken.None);
            Assert.Equal(IExecErrorId.RpcError, Assert.Throws<IExecException>(() => reply.GetJson()).ErrorId);
        }
    }
}
