using System;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Cmdlets;

public sealed class CmdletDiagnosticsTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Theory]
    [InlineData("Connect-IExec -RpcUrl $url -Debug", "Connected to ")]
    [InlineData("Get-IExecTask $task -Debug", "Chain arbitrum-sepolia-testnet ")]
    public async Task Debug_alone_does_not_prompt_and_includes_verbose_messages(string command, string message)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var result = host.Invoke("param($url, $task) " + command, ("url", chain.RpcUrl), ("task", chain.State.Tasks["active"].TaskId));

        Assert.Empty(result.AllErrors());
        Assert.Empty(result.Prompts);
        Assert.Empty(result.Verbose);
        Assert.Contains(result.Debug, line => line.StartsWith(message, StringComparison.Ordinal));
    }
}
