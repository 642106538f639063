using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Commands;

public sealed class ConnectionTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Theory]
    [InlineData(DevnetProfile.Arbitrum, "arbitrum-sepolia-testnet", 421614)]
    [InlineData(DevnetProfile.Bellecour, "bellecour", 134)]
    public async Task The_node_decides_which_chain_it_is(DevnetProfile profile, string name, long id)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = PowerShellHost.WithModule();

        var connection = Assert.Single(host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl} -PassThru").As<IExecConnection>());

        Assert.Equal((name, id), (connection.Chain, connection.ChainId));
        Assert.Equal(chain.State.Contracts.Hub, connection.HubAddress, ignoreCase: true);
        Assert.Same(connection, Assert.Single(host.Invoke("Get-IExecConnection").As<IExecConnection>()));
    }

    [Theory]
    [InlineData("bellecour", "ChainMismatch", "bellecour")]
    [InlineData("134", "ChainMismatch", "134")]
    [InlineData("nowhere", "ChainUnknown", "nowhere")]
    public async Task The_chain_must_be_the_one_asked_for(string asked, string errorId, string target)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = PowerShellHost.WithModule();

        var result = host.Invoke($"Connect-IExec {asked} -RpcUrl {chain.RpcUrl}");

        Assert.Equal(errorId, result.SingleErrorId());
        Assert.Equal(target, result.Errors[0].TargetObject);
        Assert.Empty(host.Invoke("Get-IExecConnection").Output);
    }

    [Fact]
    public void An_unknown_chain_needs_a_hub_address()
    {
        using var host = PowerShellHost.WithModule();

        Assert.Equal("ChainUnknown", host.Invoke("Connect-IExec 1337").SingleErrorId());
    }

    [Theory]
    [InlineData("-HubAddress 0x12", "InvalidAddress", "0x12")]
    [InlineData("-EnsRegistryAddress 0x12", "InvalidAddress", "0x12")]
    [InlineData("-HubAddress 0xB2157BF2fAb286b2A4170E3491Ac39770111Da3F", "InvalidAddress", "0xB2157BF2fAb286b2A4170E3491Ac39770111Da3F")]
    [InlineData("-HubAddress 0x0000000000000000000000000000000000000001", "RpcError", "0x0000000000000000000000000000000000000001")]
    public async Task The_addresses_must_be_right(string parameters, string errorId, string target)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = PowerShellHost.WithModule();

        var result = host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl} {parameters}");

        Assert.Equal(errorId, result.SingleErrorId());
        Assert.Equal(target, result.Errors[0].TargetObject);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("relative/path")]
    [InlineData("https://b\u077ccher.example")] // letters of two directions, which international names cannot have
    public void Only_http_URLs_with_valid_hosts_are_accepted(string url)
    {
        using var host = PowerShellHost.WithModule();

        foreach (var parameter in (string[])["RpcUrl", "IpfsGatewayUrl", "CompassUrl"])
            Assert.Equal("ParameterArgumentValidationError", host.Invoke($"Connect-IExec -{parameter} {url}").SingleErrorId());
    }

    [Fact]
    public async Task Two_connections_work_side_by_side()
    {
        var arbitrum = await devnet.GetAsync(DevnetProfile.Arbitrum);
        var bellecour = await devnet.GetAsync(DevnetProfile.Bellecour);
        using var host = PowerShellHost.WithModule();

        var tasks = host.Invoke(
            $"""
             $first = Connect-IExec -RpcUrl {arbitrum.RpcUrl} -PassThru
             $second = Connect-IExec -RpcUrl {bellecour.RpcUrl} -PassThru
             Get-IExecTask {arbitrum.State.Tasks["active"].TaskId} -Connection $first
             Get-IExecTask {bellecour.State.Tasks["active"].TaskId} -Connection $second
             Get-IExecTask {bellecour.State.Tasks["active"].TaskId}
             """).As<IExecTask>();

        Assert.Equal([421614, 134, 134], tasks.Select(task => task.ChainId));
    }
}
