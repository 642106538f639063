using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>Reads of the chain for the tests of claims, without the module.</summary>
internal static class ClaimChain
{
    /// <summary>How many transactions of the account are in blocks.</summary>
    public static async Task<long> CountTransactionsAsync(this DevnetChain chain, DevnetAccount account) =>
        Number((await chain.SendAsync("eth_getTransactionCount", account.Address, "latest")).GetString()!);

    /// <summary>The transaction, as JSON.</summary>
    public static async Task<JsonNode> GetTransactionAsync(this DevnetChain chain, string hash) =>
        JsonNode.Parse((await chain.SendAsync("eth_getTransactionByHash", hash)).GetRawText())!;

    /// <summary>Sends a signed transaction and waits for its block.</summary>
    public static async Task SendRawAsync(this DevnetChain chain, string raw)
    {
        var hash = (await chain.SendAsync("eth_sendRawTransaction", raw)).GetString()!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await chain.SendAsync("eth_getTransactionReceipt", hash)).ValueKind == JsonValueKind.Null)
            await Task.Delay(5, patience.Token);
    }

    /// <summary>Whether a warning is the one that comes before each transaction.</summary>
    public static bool IsOfSending(this string warning) => warning.StartsWith("Sending transaction ", StringComparison.Ordinal);

    public static long Number(string quantity) => Convert.ToInt64(quantity, 16);

    /// <summary>The bytes of every transaction that went through the proxy, in order.</summary>
    public static string[] SentTransactions(this RpcProxy proxy) =>
    [
        .. proxy.Server.Requests.Select(request => JsonNode.Parse(request.Body)!)
            .Where(request => request is JsonObject && Method(request) is "eth_sendRawTransaction")
            .Select(request => request["params"]![0]!.GetValue<string>()),
    ];

    public static string Method(JsonNode request) => request is JsonObject ? request["method"]!.GetValue<string>() : "batch";
}
