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

    [Fact]
    public void There_is_no_connection_before_one_is_made()
    {
        using var host = PowerShellHost.WithModule();

        Assert.Empty(host.Invoke("Get-IExecConnection").As<object>());
        Assert.Empty(host.Invoke("Disconnect-IExec").As<object>());
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
    public void An_unknown_chain_needs_to_be_told_where_it_is()
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
    public void Only_http_urls_of_possible_hosts_are_taken(string url)
    {
        using var host = PowerShellHost.WithModule();

        foreach (var parameter in (string[])["RpcUrl", "IpfsGatewayUrl", "CompassUrl"])
            Assert.Equal("ParameterArgumentValidationError", host.Invoke($"Connect-IExec -{parameter} {url}").SingleErrorId());
    }

    [Fact]
    public async Task A_closed_connection_is_refused()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var result = host.Invoke($"$c = Get-IExecConnection; Disconnect-IExec; Get-IExecTask {chain.State.Tasks["active"].TaskId} -Connection $c");

        Assert.Equal("ConnectionRequired", result.SingleErrorId());
        Assert.Empty(host.Invoke("Get-IExecConnection").Output);
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

    [Fact]
    public async Task Runspaces_do_not_see_each_others_connection()
    {
        var arbitrum = await devnet.GetAsync(DevnetProfile.Arbitrum);
        var bellecour = await devnet.GetAsync(DevnetProfile.Bellecour);
        using var first = arbitrum.Connect();
        using var second = bellecour.Connect();
        using var third = PowerShellHost.WithModule();

        Assert.Equal(421614, Assert.Single(first.Invoke("Get-IExecConnection").As<IExecConnection>()).ChainId);
        Assert.Equal(134, Assert.Single(second.Invoke("Get-IExecConnection").As<IExecConnection>()).ChainId);
        Assert.Empty(third.Invoke("Get-IExecConnection").Output);
    }

    [Fact]
    public async Task Parallel_runspaces_share_a_connection_that_is_passed_to_them()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var bag = chain.State.Deals["bag"];
        host.Set("module", RepositoryPaths.Manifest);
        host.Set("ids", bag.Tasks.Take(64).Select(task => task.TaskId).ToArray());

        var tasks = host.Invoke(
            """
            $connection = Get-IExecConnection
            $ids | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module $using:module
                if (Get-IExecConnection) { throw 'cross-talk' }
                Get-IExecTask $_ -Connection $using:connection
            }
            """).As<IExecTask>();

        Assert.Equal(bag.Tasks.Take(64).Select(task => task.TaskId).Order(), tasks.Select(task => task.TaskId).Order());
    }

    [Fact]
    public void Lists_the_known_chains()
    {
        using var host = PowerShellHost.WithModule();

        Assert.Equal(["arbitrum-mainnet", "arbitrum-sepolia-testnet", "bellecour"], host.Invoke("Get-IExecChain").As<IExecChain>().Select(chain => chain.Name));
        Assert.Equal([42161, 421614], host.Invoke("Get-IExecChain arb*").As<IExecChain>().Select(chain => chain.ChainId));
        Assert.Equal("bellecour", Assert.Single(host.Invoke("Get-IExecChain 134").As<IExecChain>()).Name);
        Assert.Empty(host.Invoke("Get-IExecChain nothing*").As<IExecChain>());
        Assert.Equal("ChainUnknown", host.Invoke("Get-IExecChain nothing").SingleErrorId());
    }
}
