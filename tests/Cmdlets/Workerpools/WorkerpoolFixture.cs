using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Workerpools;

/// <summary>Local chains whose workerpool is run by a fake scheduler. Its URL is in ENS on Bellecour, so that chain belongs to one test class alone.</summary>
public sealed class WorkerpoolFixture : IAsyncLifetime
{
    private readonly DevnetFixture _devnet = new();
    private DevnetChain? _bellecour;

    /// <summary>Starts a scheduler, and declares it for the main workerpool.</summary>
    internal async Task<Workerpool> StartAsync(DevnetProfile profile)
    {
        var chain = profile == DevnetProfile.Arbitrum ? await _devnet.GetAsync(profile) : _bellecour ??= await DevnetChain.StartAsync(profile);
        var pool = await Workerpool.StartAsync(chain);
        await pool.DeclareAsync("badUrl", "not a url");
        await pool.DeclareAsync("deadUrl", "http://127.0.0.1:1");
        return pool;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_bellecour is not null)
            await _bellecour.DisposeAsync();
    }
}
