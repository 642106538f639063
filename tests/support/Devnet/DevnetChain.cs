using System;
using System.IO;
using System.IO.Compression;
using System.Text.Json;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <summary>
/// A separate chain with the real contracts and every task of README.md: one anvil process, which ends when this is disposed or the
/// test process ends. Its clock starts at the current time.
/// </summary>
public sealed partial class DevnetChain : IAsyncDisposable
{
    private readonly DevnetOptions _options;
    private readonly DevnetRpc _rpc;
    private AnvilProcess _anvil;
    private string? _dump;

    private DevnetChain(DevnetState state, DevnetOptions options, AnvilProcess anvil)
    {
        State = state;
        _options = options;
        _anvil = anvil;
        RpcUrl = new Uri($"http://127.0.0.1:{anvil.Port}");
        WebSocketUrl = new Uri($"ws://127.0.0.1:{anvil.Port}");
        _rpc = new DevnetRpc(RpcUrl);
    }

    /// <summary>The node, HTTP.</summary>
    public Uri RpcUrl { get; }

    /// <summary>The same node, WebSocket, with subscriptions.</summary>
    public Uri WebSocketUrl { get; }

    /// <summary>The content of the chain when it starts.</summary>
    public DevnetState State { get; }

    /// <summary>Starts a chain, which takes about a second; the very first use in a clone installs and builds, see <see cref="DevnetBuild"/>.</summary>
    public static async Task<DevnetChain> StartAsync(DevnetProfile profile, DevnetOptions? options = null)
    {
        options ??= new DevnetOptions();
        var state = await DevnetState.LoadAsync(profile);
        var anvil = await AnvilProcess.StartAsync(DevnetState.AnvilFile(profile), state.ChainId, options);
        var chain = new DevnetChain(state, options, anvil);
        await chain.BeginAsync();
        return chain;
    }

    /// <summary>Sends any JSON-RPC call; see anvil's documentation for the <c>anvil_</c> and <c>evm_</c> methods.</summary>
    /// <exception cref="InvalidOperationException">The node's error, as JSON.</exception>
    public Task<JsonElement> SendAsync(string method, params object?[] parameters) => _rpc.SendAsync(method, parameters);

    /// <summary>Makes the node hang: it keeps its connections and does not respond until <see cref="ResumeAsync"/>. Not on Windows.</summary>
    public Task PauseAsync() => _anvil.PauseAsync();

    /// <summary>Ends <see cref="PauseAsync"/>.</summary>
    public Task ResumeAsync() => _anvil.ResumeAsync();

    /// <summary>Kills the node: connections break, new ones are refused, until <see cref="RestartAsync"/>.</summary>
    public async Task KillAsync()
    {
        await SaveAsync();
        await _anvil.DisposeAsync();
    }

    /// <summary>Starts the killed node again on the same port, with the same blocks and accounts. Snapshots are lost.</summary>
    public async Task RestartAsync()
    {
        _anvil = await AnvilProcess.StartAsync(_dump!, State.ChainId, _options, RpcUrl.Port);
        await BeginAsync();
    }

    /// <summary>Ends the node.</summary>
    public async ValueTask DisposeAsync()
    {
        _rpc.Dispose();
        await _anvil.DisposeAsync();
        if (_dump is not null)
        {
            File.Delete(_dump);
        }
    }

    // A loaded state keeps the base fee, the gas limit and the clock of the block it was dumped at.
    private async Task BeginAsync()
    {
        await SendAsync("anvil_setLoggingEnabled", false);
        await SendAsync("evm_setBlockGasLimit", Quantity(_options.BlockGasLimit));
        await SendAsync("anvil_setNextBlockBaseFeePerGas", Quantity(_options.BaseFeePerGas));
        await MineAsync();
    }

    private async Task SaveAsync()
    {
        var dump = (await SendAsync("anvil_dumpState")).GetString()!;
        _dump ??= Path.Combine(Path.GetTempPath(), $"iexec-devnet-{Guid.NewGuid():N}.json");
        await using var unzip = new GZipStream(new MemoryStream(Convert.FromHexString(dump.AsSpan(2))), CompressionMode.Decompress);
        await using var file = File.Create(_dump);
        await unzip.CopyToAsync(file);
    }
}
