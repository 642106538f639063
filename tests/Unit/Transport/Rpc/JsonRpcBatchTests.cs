using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.UnitTests.Transport.Rpc;

public sealed class JsonRpcBatchTests : RpcTestBase
{
    [Fact]
    public async Task Puts_the_answers_of_a_batch_into_the_order_of_the_requests()
    {
        var node = await StartNodeAsync(ScriptedReply.Json(
            """[{"id":3,"error":{"code":3,"message":"execution reverted"}},{"id":1,"result":"0x1"},{"id":2,"result":null}]"""));

        var replies = await Client(node).SendBatchAsync([ChainId, ChainId, ChainId], CancellationToken.None);

        Assert.Equal(1, replies[0].GetQuantity());
        Assert.True(replies[1].IsNull);
        Assert.Equal(3, replies[2].Error!.Code);
        Assert.Throws<RpcException>(() => replies[2].GetHexBytes());
        Assert.Equal(
            "[" + string.Join(',', Enumerable.Range(1, 3).Select(id => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"eth_chainId","params":[]}""")) + "]",
            node.Requests[0].Text);
    }

    [Fact]
    public async Task Never_sends_a_batch_again_that_holds_a_transaction()
    {
        var node = await StartNodeAsync(ScriptedReply.WithStatus(HttpStatusCode.ServiceUnavailable));
        await Assert.ThrowsAsync<IExecException>(() => Client(node).SendBatchAsync([ChainId, SendRaw], CancellationToken.None));
        Assert.Single(node.Requests);
    }

    [Fact]
    public async Task Sends_nothing_for_an_empty_batch() => Assert.Empty(await Client(await StartNodeAsync()).SendBatchAsync([], CancellationToken.None));

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    public async Task Says_when_a_node_refuses_batches(HttpStatusCode status)
    {
        var node = await StartNodeAsync(ScriptedReply.WithStatus(
            status, """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batches are not supported"}}"""));
        var error = await Assert.ThrowsAsync<RpcException>(() => Client(node).SendBatchAsync([ChainId, ChainId], CancellationToken.None));
        Assert.True(error.IsBatchRefusal);
        Assert.Single(node.Requests);
    }

    [Fact]
    public async Task Repeats_a_batch_in_which_a_request_met_the_rate_limit()
    {
        var node = await StartNodeAsync(
            ScriptedReply.Json("""[{"id":1,"result":"0x1"},{"id":2,"error":{"code":-32005,"message":"slow down"}}]"""),
            ScriptedReply.Json("""[{"id":1,"result":"0x1"},{"id":2,"result":"0x2"}]"""));
        var replies = await Client(node).SendBatchAsync([ChainId, ChainId], CancellationToken.None);
        Assert.Equal(2, replies[1].GetQuantity());
    }

    [Theory]
    [InlineData("""[{"id":1,"result":"0x1"}]""")]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":1,"result":"0x1"}]""")]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":2,"result":"0x1"},{"id":3,"result":"0x1"}]""")]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":0,"result":"0x1"}]""")]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":9223372036854775807,"result":"0x1"}]""")]
    [InlineData("""[{"id":1,"result":"0x1"},{"result":"0x1"}]""")]
    [InlineData("""[{"id":1,"result":"0x1"},7]""")]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":2}]""")]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":2,"result":"0x1"}] []""")]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":2,"result":"0x1"}""")]
    [InlineData("[]")]
    [InlineData("7")]
    public async Task Uses_nothing_of_an_incomplete_batch(string json)
    {
        var node = await StartNodeAsync(ScriptedReply.Json(json));
        var error = await Assert.ThrowsAsync<IExecException>(() => Client(node).SendBatchAsync([ChainId, ChainId], CancellationToken.None));
        Assert.Equal(IExecErrorId.RpcUnavailable, error.ErrorId);
    }
}
