using System.IO;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;
using IExec.Tasks.Hosting.Terminals;
using IExec.Tasks.Playground;

namespace IExec.Tasks.CmdletTests.Acceptance;

/// <summary>A devnet, and terminals with the real shell that is connected to it.</summary>
public sealed class TerminalFixture : IAsyncLifetime
{
    private readonly string _file = Path.GetTempFileName();
    private ServedDevnet _devnet = null!;

    /// <summary>The content of the chain.</summary>
    internal DevnetState State => _devnet.State;

    /// <summary>Opens a terminal. The shell has $devnet and $tasks, as the files of tests/Pester have them.</summary>
    /// <param name="width">Its columns.</param>
    public Task<Terminal> OpenAsync(int width) => Terminal.StartAsync(width, $"""
        . '{Path.Combine(PesterFiles.Folder, "Devnet.ps1")}'
        $env:IEXEC_DEVNET = '{_file}'
        $devnet = Get-Devnet
        $connection, $tasks = $devnet.Arbitrum.Connection, $devnet.Arbitrum.Tasks
        Connect-IExec @connection -PrivateKey (Get-RequesterKey)
        """);

    public async Task InitializeAsync()
    {
        _devnet = await ServedDevnet.StartAsync();
        await _devnet.WriteAsync(_file, RepositoryPaths.Manifest);
    }

    public async Task DisposeAsync()
    {
        await _devnet.DisposeAsync();
        File.Delete(_file);
    }
}
