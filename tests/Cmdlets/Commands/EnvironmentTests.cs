using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>The environment variables that replace Connect-IExec, each in a separate process.</summary>
public sealed class EnvironmentTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Fact]
    public async Task The_environment_names_the_node_when_nothing_else_does()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Bellecour);

        var shell = await RunAsync($"$env:IEXEC_RPC_URL = '{chain.RpcUrl}'; (Get-IExecTask {chain.State.Tasks["active"].TaskId}).StatusName; (Get-IExecConnection).Chain");

        Assert.Equal(["ACTIVE", "bellecour"], shell.Output);
    }

    [Fact]
    public async Task The_environments_chain_must_be_the_nodes()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Bellecour);

        var shell = await RunAsync($"$env:IEXEC_CHAIN = 'arbitrum-mainnet'; $env:IEXEC_RPC_URL = '{chain.RpcUrl}'; try {{ Connect-IExec }} catch {{ $_.FullyQualifiedErrorId }}");

        Assert.StartsWith("ChainMismatch,", Assert.Single(shell.Output), System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_come_before_the_environment()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Bellecour);

        var shell = await RunAsync($"$env:IEXEC_RPC_URL = 'http://127.0.0.1:1'; (Connect-IExec -RpcUrl {chain.RpcUrl} -PassThru).ChainId");

        Assert.Equal(["134"], shell.Output);
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("https://b\u077ccher.example")]
    public async Task A_node_in_the_environment_must_be_a_URL_that_can_be_used(string url)
    {
        var shell = await RunAsync($"$env:IEXEC_RPC_URL = '{url}'; try {{ Connect-IExec }} catch {{ $_.FullyQualifiedErrorId; $_.ToString() }}");

        Assert.StartsWith("RpcUnavailable,", shell.Output[0], System.StringComparison.Ordinal);
        Assert.Contains("IEXEC_RPC_URL", shell.Output[1], System.StringComparison.Ordinal);
    }

    private static Task<ChildShell> RunAsync(string script) => ChildShell.RunAsync($"Import-Module '{RepositoryPaths.Manifest}'; {script}");
}
