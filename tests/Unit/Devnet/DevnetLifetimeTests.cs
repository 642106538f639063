using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.UnitTests.Devnet;

[Trait("Category", "Slow")]
public sealed class DevnetLifetimeTests
{
    [Fact]
    public async Task The_node_dies_with_a_process_that_is_killed()
    {
        await DevnetBuild.EnsureAsync();
        using var owner = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "IExec.Task.Devnet.dll"), "Arbitrum"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var url = new Uri((await owner.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)))!);
        Assert.True(await IsListeningAsync(url));

        owner.Kill(); // SIGKILL: it cannot clean up

        while (await IsListeningAsync(url))
        {
            await Task.Delay(20);
        }
    }

    private static async Task<bool> IsListeningAsync(Uri url)
    {
        using var http = new HttpClient();
        try
        {
            using var response = await http.GetAsync(url);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
