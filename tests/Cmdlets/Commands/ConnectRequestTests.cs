using System;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>The requests of a connection to its node: one if the hub is known before, two if it depends on the chain.</summary>
public sealed class ConnectRequestTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    private const string Named = "Connect-IExec $chain -RpcUrl $url -MaximumRetryCount 0 -PassThru";

    public static TheoryData<Func<JsonNode, ScriptedReply>> Refusals =>
    [
        _ => ScriptedReply.Json("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch requests are not supported"}}"""),
        _ => ScriptedReply.WithStatus(HttpStatusCode.RequestEntityTooLarge),
        _ => ScriptedReply.WithStatus(HttpStatusCode.OK, "<html>No</html>", "text/html"),
        batch => RpcProxy.Answer(batch, "error", new JsonObject { ["code"] = -32601, ["message"] = "the method is not available in a batch" }),
    ];

    [Theory]
    [InlineData(DevnetProfile.Arbitrum, Named, "eth_chainId+eth_call+eth_call")]
    [InlineData(DevnetProfile.Bellecour, Named, "eth_chainId+eth_call+eth_call")]
    [InlineData(DevnetProfile.Arbitrum, "Connect-IExec -RpcUrl $url -HubAddress $hub -PassThru", "eth_chainId+eth_call+eth_call")]
    [InlineData(DevnetProfile.Arbitrum, "Connect-IExec -RpcUrl $url -PassThru", "eth_chainId", "eth_call")]
    public async Task Connects_in_as_few_requests_as_it_can(DevnetProfile profile, string command, params string[] requests)
    {
        var chain = await devnet.GetAsync(profile);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = For(chain, proxy);

        var connection = Assert.Single(host.Invoke(command).As<IExecConnection>());

        Assert.Equal(chain.State.Contracts.Hub, connection.HubAddress, ignoreCase: true);
        Assert.Equal(requests, Requests(proxy));
        var unset = chain.State.Deals["unset"];
        Assert.Equal("UNSET", Assert.Single(host.Invoke($"Get-IExecTask -DealId {unset.DealId} -Index {unset.Tasks[0].Index}").As<IExecTask>()).StatusName);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_node_that_rejects_batches_gets_single_requests(Func<JsonNode, ScriptedReply> refuse)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        proxy.Intercept = request => request is JsonArray ? refuse(request) : null;
        using var host = For(chain, proxy);

        Assert.Equal(chain.State.ChainId, Assert.Single(host.Invoke(Named).As<IExecConnection>()).ChainId);
        Assert.Equal(["eth_chainId+eth_call+eth_call", "eth_chainId", "eth_call"], Requests(proxy));
    }

    [Fact]
    public async Task An_address_that_is_not_a_hub_gives_the_same_error()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = For(chain, proxy);

        Assert.Equal("RpcError", host.Invoke("Connect-IExec -RpcUrl $url -HubAddress 0x0000000000000000000000000000000000000001").SingleErrorId());
        Assert.Equal("ChainMismatch", host.Invoke("Connect-IExec bellecour -RpcUrl $url").SingleErrorId());
    }

    private static PowerShellHost For(DevnetChain chain, RpcProxy proxy)
    {
        var host = PowerShellHost.WithModule();
        host.Set("url", proxy.Server.Url);
        host.Set("hub", chain.State.Contracts.Hub);
        host.Set("chain", chain.State.ChainId);
        return host;
    }

    private static string[] Requests(RpcProxy proxy) => [.. proxy.Server.Requests.Select(request => Describe(JsonNode.Parse(request.Body)!))];

    private static string Describe(JsonNode request) =>
        request is JsonArray batch ? string.Join('+', batch.Select(single => Describe(single!))) : (string)request["method"]!;
}
