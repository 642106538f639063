using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Cmdlets;

public sealed class CmdletDiagnosticsTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Fact]
    public async Task Debug_alone_does_not_prompt_and_includes_verbose_messages()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var result = host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl} -Debug");

        Assert.Empty(result.AllErrors());
        Assert.Empty(result.Prompts);
        Assert.Empty(result.Verbose);
        Assert.Contains(result.Debug, message => message.StartsWith("Connected to", System.StringComparison.Ordinal));
    }
}
