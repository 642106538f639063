using System;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Playground;

/// <summary>The local chain, and the engine with the module and this console.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly DevnetChain _chain;

    private World(DevnetChain chain)
    {
        _chain = chain;
        Host = PowerShellHost.WithModule(new HostOptions
        {
            Width = Math.Max(80, Console.IsOutputRedirected ? 120 : Console.WindowWidth),
            SupportsVirtualTerminal = !Console.IsOutputRedirected,
            Echo = Console.Out,
            Input = Console.In,
        });
    }

    /// <summary>The engine.</summary>
    public PowerShellHost Host { get; }

    /// <summary>What is on the chain.</summary>
    public DevnetState State => _chain.State;

    /// <summary>Starts the chain and the engine.</summary>
    public static async Task<World> StartAsync()
    {
        Console.WriteLine("Starting the local chain (the first time installs it, which takes about a minute) …");
        return new World(await DevnetChain.StartAsync(DevnetProfile.Arbitrum));
    }

    /// <summary>The command that connects to the local chain.</summary>
    public string ConnectCommand => $"Connect-IExec arbitrum-sepolia-testnet -RpcUrl {_chain.RpcUrl}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Host.Dispose();
        await _chain.DisposeAsync();
    }
}
