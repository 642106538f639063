using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>A chain with a fee market for each test, seen through a proxy that can tell other fees, and a task that can be claimed.</summary>
public abstract class FeeTestBase : IAsyncLifetime
{
    private protected const long BaseFee = 100_000_000;

    private protected DevnetChain Chain { get; private set; } = null!;

    private protected RpcProxy Proxy { get; private set; } = null!;

    private protected DevnetAccount Requester => Chain.State.Accounts.Requester;

    private protected string TaskId => Chain.State.Tasks["claimable0"].TaskId;

    public async Task InitializeAsync()
    {
        Chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum, new DevnetOptions { BaseFeePerGas = BaseFee });
        Proxy = await RpcProxy.StartAsync(Chain.RpcUrl);
    }

    public async Task DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Chain.DisposeAsync();
    }

    private protected InvocationResult Claim(string parameters)
    {
        using var host = Chain.ConnectAs(Requester, url: Proxy.Server.Url);
        return host.Invoke($"Invoke-IExecTaskClaim {TaskId} -Force {parameters}");
    }

    private protected async Task<long> BaseFeeAsync() =>
        ClaimChain.Number((await Chain.SendAsync("eth_getBlockByNumber", "latest", false)).GetProperty("baseFeePerGas").GetString()!);

    /// <summary>Sets the node's fee history, or none, and its suggested priority fee.</summary>
    private protected void AnswerFees(JsonNode? history, string suggestion) => Proxy.Intercept = request => ClaimChain.Method(request) switch
    {
        "eth_feeHistory" when history is null => RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32601, ["message"] = "the method does not exist" }),
        "eth_feeHistory" => RpcProxy.Answer(request, "result", history.DeepClone()),
        "eth_maxPriorityFeePerGas" => RpcProxy.Answer(request, "result", suggestion),
        _ => null,
    };

    private protected static JsonObject History(params string[] medians) => new()
    {
        ["oldestBlock"] = "0x1",
        ["gasUsedRatio"] = new JsonArray([.. medians.Select(_ => (JsonNode)0.5)]),
        ["reward"] = new JsonArray([.. medians.Select(median => (JsonNode)new JsonArray(median))]),
    };

    /// <summary>Makes the node refuse every request of a kind.</summary>
    private protected void Fail(string method, string refusal, string data = "") => Proxy.Intercept = request =>
        ClaimChain.Method(request) == method && request.ToJsonString().Contains(data, StringComparison.Ordinal) ? Refuse(request, refusal) : null;

    private protected static ScriptedReply Refuse(JsonNode request, string refusal) =>
        RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32000, ["message"] = refusal });
}
