using System;
using System.IO;
using System.Security;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Playground;

/// <summary>The local chain, its workerpool, an IPFS gateway with its results, and the engine with the module and this console.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly DevnetChain _chain;
    private readonly LocalWorkerpool _workerpool;
    private readonly IpfsGateway _gateway;

    private World(DevnetChain chain, LocalWorkerpool workerpool, IpfsGateway gateway)
    {
        _chain = chain;
        _workerpool = workerpool;
        _gateway = gateway;
        Host = PowerShellHost.WithModule(new HostOptions
        {
            Width = Math.Max(80, Console.IsOutputRedirected ? 120 : Console.WindowWidth),
            SupportsVirtualTerminal = !Console.IsOutputRedirected,
            Echo = Console.Out,
            Input = Console.In,
        });
        Host.Set("requesterKey", Secure(chain.State.Accounts.Requester.PrivateKey));
    }

    /// <summary>The engine.</summary>
    public PowerShellHost Host { get; }

    /// <summary>The content of the chain.</summary>
    public DevnetState State => _chain.State;

    /// <summary>Starts the chain and the engine.</summary>
    public static async Task<World> StartAsync()
    {
        Console.WriteLine("Starting the local chain (the first time installs it, which takes about a minute) …");
        var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        return new World(chain, await LocalWorkerpool.StartAsync(chain), await IpfsGateway.StartAsync(new BlockStore().AddFolder(DevnetFiles.Blocks)));
    }

    /// <summary>An empty folder to save to.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("iexec-playground-").FullName;

    /// <summary>The command that connects to the local chain.</summary>
    public string ConnectCommand => $"Connect-IExec arbitrum-sepolia-testnet -RpcUrl {_chain.RpcUrl} -IpfsGatewayUrl {_gateway.Url} -CompassUrl {_workerpool.CompassUrl}";

    /// <summary>Plays a worker and the scheduler, with a pause before each step, so that the user can watch.</summary>
    public async Task CompleteAsync(DevnetTask task)
    {
        await Task.Delay(Pause);
        await _chain.ContributeAsync(task.TaskId, task.Digest);
        await Task.Delay(Pause);
        await _chain.RevealAsync(task.TaskId, task.Digest);
        await Task.Delay(Pause);
        await _chain.FinalizeAsync(task.TaskId);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Host.Dispose();
        await _workerpool.DisposeAsync();
        await _gateway.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        await _chain.DisposeAsync();
    }

    private static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var character in text)
            secure.AppendChar(character);
        return secure;
    }
}
