using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Playground;

/// <summary>Both local chains, each with a workerpool, and a gateway with their results, for a PowerShell in another process.</summary>
internal sealed class ServedDevnet : IAsyncDisposable
{
    private readonly ServedChain[] _chains;
    private readonly IpfsGateway _gateway;

    private ServedDevnet(ServedChain[] chains, IpfsGateway gateway)
    {
        _chains = chains;
        _gateway = gateway;
    }

    /// <summary>The file that <see cref="WriteAsync"/> writes, which the tests in tests/Pester read.</summary>
    public static string DefaultFile { get; } = Path.Combine(RepositoryPaths.Root, "out", "devnet.psd1");

    /// <summary>The content of the first chain.</summary>
    public DevnetState State => _chains[0].State;

    /// <summary>The commands that connect to either chain.</summary>
    public IEnumerable<string> ConnectCommands => _chains.Select(chain => $"Connect-IExec {string.Join(' ', chain.Connection(_gateway).Select(parameter => $"-{parameter.Key} {parameter.Value}"))}");

    public static async Task<ServedDevnet> StartAsync() => new(
        [await ServedChain.StartAsync("arbitrum-sepolia-testnet", DevnetProfile.Arbitrum), await ServedChain.StartAsync("bellecour", DevnetProfile.Bellecour)],
        await IpfsGateway.StartAsync(new BlockStore().AddFolder(DevnetFiles.Blocks)));

    /// <summary>Writes everything that tests need as a PowerShell data file.</summary>
    public async Task WriteAsync(string file, string module)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, $$"""
            @{
            Module = {{Literal(module)}}
            BeneficiaryKeyPath = {{Literal(DevnetFiles.BeneficiaryKey)}}
            Requester = {{Literal(State.Accounts.Requester.Address)}}
            RequesterKey = {{Literal(State.Accounts.Requester.PrivateKey)}}
            Arbitrum = {{Literal(_chains[0])}}
            Bellecour = {{Literal(_chains[1])}}
            }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        foreach (var chain in _chains)
            await chain.DisposeAsync();
    }

    private string Literal(ServedChain chain) => $$"""
        @{
        Connection = {{Literal(chain.Connection(_gateway))}}
        Tasks = {{Literal(chain.State.Tasks.Select(task => KeyValuePair.Create(task.Key, task.Value.TaskId)))}}
        Deals = {{Literal(chain.State.Deals.Select(deal => KeyValuePair.Create(deal.Key, deal.Value.DealId)))}}
        }
        """;

    private static string Literal(IEnumerable<KeyValuePair<string, string>> table) => $"@{{ {string.Join("; ", table.Select(entry => $"{entry.Key} = {Literal(entry.Value)}"))} }}";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
