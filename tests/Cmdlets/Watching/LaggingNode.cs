using System;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Watching;

/// <summary>
/// A load balancer with two nodes, of which one is some blocks behind: it gives an older latest block and state, knows nothing of younger
/// blocks, and leaves their logs out without saying so. They take turns.
/// </summary>
internal sealed class LaggingNode : IAsyncDisposable
{
    private const int Lag = 2;
    private readonly RpcProxy _proxy;
    private readonly DevnetChain _chain;
    private int _turn;
    private int _lagged;

    private LaggingNode(RpcProxy proxy, DevnetChain chain)
    {
        _proxy = proxy;
        _chain = chain;
        proxy.Intercept = request => Interlocked.Increment(ref _turn) % 2 == 0 ? AnswerLate(request) : null;
    }

    public Uri Url => _proxy.Server.Url;

    /// <summary>How many requests got a different response from the lagging node.</summary>
    public int Lagged => Volatile.Read(ref _lagged);

    public static async Task<LaggingNode> StartAsync(DevnetChain chain) => new(await RpcProxy.StartAsync(chain.RpcUrl), chain);

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    private ScriptedReply? AnswerLate(JsonNode request)
    {
        var latest = Number(_chain.SendAsync("eth_blockNumber").GetAwaiter().GetResult().GetString()!) - Lag;
        var parameters = request["params"]!.AsArray();
        switch (request["method"]!.GetValue<string>())
        {
            case "eth_getBlockByNumber":
                parameters[0] = Quantity(latest);
                break;
            case "eth_call" when IsYounger(parameters[1]!):
                Interlocked.Increment(ref _lagged);
                return RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32000, ["message"] = "header not found" });
            case "eth_getLogs" when IsYounger(parameters[0]!["toBlock"]!):
                if (IsYounger(parameters[0]!["fromBlock"]!))
                    return RpcProxy.Answer(request, "result", new JsonArray());
                parameters[0]!["toBlock"] = Quantity(latest);
                break;
            default:
                return null;
        }

        Interlocked.Increment(ref _lagged);
        return _proxy.Forward(request);

        bool IsYounger(JsonNode block) => Number(block.GetValue<string>()) > latest;
    }

    private static long Number(string quantity) => Convert.ToInt64(quantity, 16);

    private static string Quantity(long number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);
}
