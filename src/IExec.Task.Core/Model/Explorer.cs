using System;

namespace IExec.Tasks;

/// <summary>The pages of iExec's public explorer, https://explorer.iex.ec, which shows the chains below. The module does not check what it shows.</summary>
internal static class Explorer
{
    /// <summary>The page of a task; null when the explorer does not show the chain.</summary>
    public static Uri? Task(long chainId, string taskId) => Page(chainId, "task", taskId);

    /// <summary>The page of a deal; null when the explorer does not show the chain.</summary>
    public static Uri? Deal(long chainId, string dealId) => Page(chainId, "deal", dealId);

    /// <summary>The page of a transaction; null when the explorer does not show the chain.</summary>
    public static Uri? Transaction(long chainId, string hash) => Page(chainId, "tx", hash);

    private static Uri? Page(long chainId, string kind, string id) => chainId switch
    {
        42161 => new Uri($"https://explorer.iex.ec/arbitrum-mainnet/{kind}/{id}"),
        421614 => new Uri($"https://explorer.iex.ec/arbitrum-sepolia-testnet/{kind}/{id}"),
        _ => null,
    };
}
