using System;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Fakes;
using IExec.Tasks.Workerpools;
using IExec.Tasks.UnitTests.Connections;

namespace IExec.Tasks.UnitTests.Workerpools;

public sealed class WorkerpoolDirectoryTests
{
    private static readonly Address Pool = Address.Parse("0x2C06263943180Cc024dAFfeEe15612DB6e5fD248");

    [Theory]
    [InlineData("http://127.0.0.1:80/")]
    [InlineData("http://localhost:80/")]
    [InlineData("http://LOCALHOST.:80/")]
    [InlineData("http://pool.localhost:80/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[64:ff9b::10.0.0.1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://192.168.1.1/")]
    public async Task A_URL_in_the_users_network_is_not_used_when_the_node_is_elsewhere(string url)
    {
        var failure = await Assert.ThrowsAsync<IExecException>(() => FindAsync(url, "https://192.0.2.1/"));

        Assert.Equal(IExecErrorId.WorkerpoolApiError, failure.ErrorId);
        Assert.Contains(Pool.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains("own network", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:80/", "http://localhost:8545")]
    [InlineData("http://192.168.1.1/pool", "http://127.0.0.1:8545")]
    [InlineData("https://198.51.100.7/", "https://192.0.2.1/")]
    [InlineData("https://no-such-host.invalid/", "https://192.0.2.1/")]
    public async Task Any_other_URL_is_used(string url, string rpcUrl) => Assert.Equal(new Uri(url), (await FindAsync(url, rpcUrl)).BaseUrl);

    [Theory]
    [InlineData("workerpool.example")]
    [InlineData("ftp://workerpool.example/")]
    [InlineData("https://b\u077Ccher.example/")] // letters of both directions in a label, which only IDN forbids
    public async Task An_unusable_URL_counts_as_undeclared(string url)
    {
        var failure = await Assert.ThrowsAsync<IExecException>(() => FindAsync(url, "https://192.0.2.1/"));

        Assert.Equal(IExecErrorId.WorkerpoolApiUndeclared, failure.ErrorId);
        Assert.Contains(url, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_without_Compass_and_ENS_says_so()
    {
        using var connection = OfflineConnection.Create();

        var failure = await Assert.ThrowsAsync<IExecException>(() => new WorkerpoolDirectory(connection.Open(NoDiagnostics.Instance)).FindAsync(Pool, default));

        Assert.Equal(IExecErrorId.WorkerpoolApiUndeclared, failure.ErrorId);
        Assert.Contains("-CompassUrl", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workerpool_is_looked_up_once_by_many_at_the_same_time()
    {
        await using var compass = await CompassFake.StartAsync(421614);
        compass.Declare(Pool.ToString(), "https://198.51.100.7/");
        using var connection = OfflineConnection.Create(compass.Url);
        var directory = new WorkerpoolDirectory(connection.Open(NoDiagnostics.Instance));

        var found = await Task.WhenAll(directory.FindAsync(Pool, default), directory.FindAsync(Pool, default), directory.FindAsync(Pool, default));

        Assert.Single(compass.Server.Requests);
        Assert.All(found, api => Assert.Same(found[0], api));
    }

    private static async Task<WorkerpoolApi> FindAsync(string url, string rpcUrl)
    {
        await using var compass = await CompassFake.StartAsync(421614);
        compass.Declare(Pool.ToString(), url);
        using var connection = OfflineConnection.Create(compass.Url, rpcUrl);
        return await new WorkerpoolDirectory(connection.Open(NoDiagnostics.Instance)).FindAsync(Pool, default);
    }
}
