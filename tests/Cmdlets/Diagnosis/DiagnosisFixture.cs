using System.Threading.Tasks;
using IExec.Tasks.CmdletTests.Workerpools;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Diagnosis;

/// <summary>A chain whose clock the tests move, and the scheduler of its main workerpool.</summary>
public sealed class DiagnosisFixture : IAsyncLifetime
{
    private DevnetChain _chain = null!;
    private int _deals;

    internal Workerpool Pool { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        Pool = await Workerpool.StartAsync(_chain);
    }

    public async Task DisposeAsync()
    {
        await Pool.DisposeAsync();
        await _chain.DisposeAsync();
    }

    /// <summary>A task that is not initialised, in a deal that was made now.</summary>
    internal async Task<DiagnosedTask> CreateAsync(int volume = 1) =>
        new(Pool, await _chain.CreateDealAsync($"diagnosis{_deals++}", DevnetChain.CategoryXs, volume, workerpoolPrice: 1000));
}
