using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>Counts the transactions that 100 claims take, by the nonce of the account that makes them: the iexec SDK's task module, and Invoke-IExecTaskClaim.</summary>
internal sealed class ClaimBenchmark : IBenchmark
{
    /// <summary>One for initialised tasks, one for the others.</summary>
    public const int LeastTransactions = 2;

    public string Name => "claim";

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(bool asksPeers)
    {
        var peer = asksPeers ? $"SDK: {await CountAsync(ClaimByPeerAsync)} transactions" : "–";
        var ours = await CountOursAsync();
        return [new BenchmarkRow("claim 100 tasks", peer, "2 (initialised or not)", $"{ours} transactions", Gauge.Of(ours, LeastTransactions), $"≤ {LeastTransactions} transactions", ours <= LeastTransactions)];
    }

    /// <summary>How many transactions the module needs.</summary>
    public static Task<long> CountOursAsync() =>
        // A harder case than the peer's, which cannot claim uninitialised tasks: half of these are uninitialised, and their indexes begin at 100.
        CountAsync((chain, account) =>
        {
            using var host = PowerShellHost.WithModule();
            host.Set("key", Secure(account.PrivateKey));
            host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl} -PrivateKey $key").ThrowOnError();
            var claims = host.Invoke($"Invoke-IExecTaskClaim -DealId {chain.State.Deals["claimMixed"].DealId} -Force").As<object>();
            if (claims.Count != 100)
                throw new InvalidOperationException($"{claims.Count} of 100 tasks were claimed.");
            return Task.CompletedTask;
        });

    private static Task ClaimByPeerAsync(DevnetChain chain, DevnetAccount account)
    {
        var taskIds = chain.State.Deals["bagTimeout"].Tasks.Select(task => task.TaskId);
        return NodePeer.RunAsync<string[]>("claim.mjs", new { url = chain.RpcUrl, privateKey = account.PrivateKey, taskIds });
    }

    private static async Task<long> CountAsync(Func<DevnetChain, DevnetAccount, Task> claim)
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        var account = chain.State.Accounts.Requester;
        var before = await CountTransactionsAsync(chain, account);
        await claim(chain, account);
        return await CountTransactionsAsync(chain, account) - before;
    }

    private static async Task<long> CountTransactionsAsync(DevnetChain chain, DevnetAccount account) =>
        Convert.ToInt64((await chain.SendAsync("eth_getTransactionCount", account.Address, "latest")).GetString(), 16);

    private static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var character in text)
            secure.AppendChar(character);
        return secure;
    }
}
