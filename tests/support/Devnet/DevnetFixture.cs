using System;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <summary>
/// The two chains that all read-only tests of a process share; each starts when it is first used. Use it as an xunit class
/// fixture. A test that changes anything starts a <see cref="DevnetChain"/> of its own instead.
/// </summary>
public sealed class DevnetFixture
{
    private static readonly Lazy<Task<DevnetChain>> SharedBellecour = new(() => DevnetChain.StartAsync(DevnetProfile.Bellecour));
    private static readonly Lazy<Task<DevnetChain>> SharedArbitrum = new(() => DevnetChain.StartAsync(DevnetProfile.Arbitrum));

    /// <summary>The shared chain of a profile.</summary>
    public Task<DevnetChain> GetAsync(DevnetProfile profile) =>
        profile == DevnetProfile.Bellecour ? SharedBellecour.Value : SharedArbitrum.Value;
}
