using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Watching;

/// <summary>
/// Watches of a busy deal with a bad network, for a short time: no update is lost or repeated, and all are in order. The long while is
/// the benchmarks' <c>watch-soak</c>.
/// </summary>
public sealed class WatchUnderFaultsTests
{
    private const int Seed = 20_261_124;
    private const int Volume = 15;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan BetweenCuts = TimeSpan.FromSeconds(2);

    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Loses_nothing_while_three_of_ten_requests_fail(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url}").ThrowOnError();
        var faults = new RandomFaults(Seed, 0.3);
        proxy.Intercept = faults.Next;

        await FollowAsync(chain, host);

        Assert.InRange(faults.Count, 10, int.MaxValue);
    }

    [Theory]
    [InlineData("ws://127.0.0.1:{0}")]
    [InlineData("http://127.0.0.1:{1}, ws://127.0.0.1:{0}")]
    public async Task Loses_nothing_while_the_WebSocket_is_cut_again_and_again(string urls)
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var relay = new TcpRelay(chain.RpcUrl.Port);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {string.Format(CultureInfo.InvariantCulture, urls, relay.Port, chain.RpcUrl.Port)}").ThrowOnError();
        var cuts = 0;
        using var knife = new Timer(_ => Interlocked.Add(ref cuts, relay.Cut()), null, BetweenCuts, BetweenCuts);

        // Without the WebSocket's events, a watch with this interval would show only the end.
        await FollowAsync(chain, host, "-PollingIntervalSec 3600");

        Assert.InRange(cuts, 1, int.MaxValue);
    }

    private static async Task FollowAsync(DevnetChain chain, PowerShellHost host, string parameters = "-PollingIntervalSec 0.2")
    {
        var deal = await chain.CreateDealAsync("faults", DevnetChain.CategoryXs, Volume);
        using var watch = host.Start($"Watch-IExecTask -DealId {deal.DealId} -Detailed {parameters}");
        watch.WaitForOutput(Volume);

        await new DevnetWorkforce(chain, deal, Seed).RunAsync(Duration);

        await WatchedDeal.AssertAllToldAsync(chain, deal, watch.Wait().As<IExecTaskUpdate>());
    }
}
