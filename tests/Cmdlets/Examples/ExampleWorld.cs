using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using IExec.Tasks.CmdletTests.Claims;
using IExec.Tasks.CmdletTests.Workerpools;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Examples;

/// <summary>
/// The environment of the examples in the documentation: a chain with a typical deal, the workerpool that ran it, a gateway
/// with its results, keys, files, and a value for every variable.
/// </summary>
public sealed partial class ExampleWorld : IAsyncLifetime
{
    private const string KeyFileName = "UTC--2026-01-31T09-15-33.123456789Z--f39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private const string TaskClaimed = "0xcbc308b5f91040d2659a5201858344b0b583cd2f9e18e8470c2fa052c5b21ff8";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("iexec-examples-");
    private DevnetChain _chain = null!;
    private int _scripts;
    private IpfsGateway _gateway = null!;
    private Workerpool _pool = null!;

    /// <summary>The deal in the examples: two tasks have completed, one has not, and one was never initialised; its deadline has passed.</summary>
    internal DevnetDeal Deal { get; private set; } = null!;

    /// <summary>The key that a user would type.</summary>
    internal string Key => _chain.State.Accounts.Requester.PrivateKey;

    /// <summary>Runs a script, counts what it leaves behind, and restores the chain.</summary>
    /// <param name="script">The script. It runs in a new folder, connected as the requester.</param>
    /// <param name="run">Runs a file in a shell.</param>
    /// <param name="deal">The deal that it is about; the one that every example is about when null.</param>
    internal async Task<Traces> RunAsync(string script, Func<string, Task> run, DevnetDeal? deal = null)
    {
        var folder = CreateFolder();
        var prepared = Files(folder).ToList();
        var file = folder + ".ps1";
        await File.WriteAllTextAsync(file, Preamble(script, folder, deal ?? Deal) + ExampleAddress().Replace(script, _chain.RpcUrl.ToString()));
        var (snapshot, sent, claimed) = (await _chain.SnapshotAsync(), await CountTransactionsAsync(), await CountClaimsAsync());
        try
        {
            var running = run(file);
            while (script.Contains("-Confirmations", StringComparison.Ordinal) && !running.IsCompleted)
            {
                await Task.Delay(20);
                await _chain.MineAsync(); // blocks of other people's transactions
            }

            await running;
            return new Traces([.. Files(folder).Except(prepared).Order(StringComparer.Ordinal)], await CountTransactionsAsync() - sent, await CountClaimsAsync() - claimed);
        }
        finally
        {
            await _chain.RevertAsync(snapshot);
        }
    }

    public async Task InitializeAsync()
    {
        _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        _gateway = await IpfsGateway.StartAsync(new BlockStore().AddFolder(DevnetFiles.Blocks));
        _pool = await Workerpool.StartAsync(_chain);
        Deal = await RunDealAsync();
        Directory.CreateSymbolicLink(Path.Combine(_home.CreateSubdirectory("modules").FullName, "IExec.Task"), RepositoryPaths.Root);
    }

    public async Task DisposeAsync()
    {
        await _pool.DisposeAsync();
        await _gateway.DisposeAsync();
        await _chain.DisposeAsync();
        _home.Delete(recursive: true); // deletes the link, not the clone
    }

    /// <summary>A deal of three tasks of which the first has completed; the others are open.</summary>
    internal async Task<DevnetDeal> BeginDealAsync(string name)
    {
        var deal = await _chain.CreateDealAsync(name, DevnetChain.CategoryXs, volume: 3, appPrice: 100, workerpoolPrice: 1000);
        foreach (var task in deal.Tasks)
            await _chain.InitializeAsync(deal.DealId, task.Index);
        await CompleteAsync(deal.Tasks[0]);
        return deal;
    }

    private async Task<DevnetDeal> RunDealAsync()
    {
        var deal = await _chain.CreateDealAsync("examples", DevnetChain.CategoryXs, volume: 4, appPrice: 100, workerpoolPrice: 1000);
        foreach (var task in deal.Tasks.SkipLast(1))
            await _chain.InitializeAsync(deal.DealId, task.Index);
        foreach (var task in deal.Tasks.Take(2))
            await CompleteAsync(task);

        await _chain.IncreaseTimeAsync(TimeSpan.FromMinutes(51));
        foreach (var task in deal.Tasks.Take(2))
            _pool.AddRun(task.TaskId);
        foreach (var task in deal.Tasks.Skip(2))
            _pool.AddRun(task.TaskId, stderr: "out of memory\n").Move("RUNNING_FAILED", DateTimeOffset.UtcNow);
        return deal;
    }

    private async Task CompleteAsync(DevnetTask task)
    {
        var model = _chain.State.Tasks["completedSingle"];
        await _chain.ContributeAsync(task.TaskId, model.Digest);
        await _chain.RevealAsync(task.TaskId, model.Digest);
        await _chain.FinalizeAsync(task.TaskId, model.Results);
    }

    /// <summary>A folder with the files that examples name.</summary>
    private string CreateFolder()
    {
        var folder = _home.CreateSubdirectory($"{++_scripts}").FullName;
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "keystore")).FullName, KeyFileName), TestKeys.KeyFile);
        File.Copy(DevnetFiles.BeneficiaryKey, Path.Combine(folder, "beneficiary_key"));
        File.WriteAllLines(Path.Combine(folder, "ids.txt"), Deal.Tasks.SkipLast(1).Select(task => task.TaskId));
        return folder;
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'));

    /// <summary>The start of every example. Connect-IExec without a node, or with a public one only, connects to the local chain.</summary>
    private string Preamble(string script, string folder, DevnetDeal deal) =>
        $$"""
        $env:PSModulePath = "{{Path.Combine(_home.FullName, "modules")}}$([IO.Path]::PathSeparator)$PSHOME/Modules"
        function Get-Secret { $password } # of Microsoft.PowerShell.SecretManagement, which is in the gallery only
        $PSDefaultParameterValues = @{
            'Connect-IExec:RpcUrl' = '{{_chain.RpcUrl}}'; 'Connect-IExec:CompassUrl' = '{{_pool.Compass!.Url}}'; 'Connect-IExec:IpfsGatewayUrl' = '{{_gateway.Url}}'
        }
        $rpcUrl = '{{_chain.RpcUrl}}'
        $secondRpcUrl = '{{_pool.Node.Server.Url}}'
        $key = [Net.NetworkCredential]::new('', '{{Key}}').SecurePassword
        $password = [Net.NetworkCredential]::new('', '{{TestKeys.KeyFilePassword}}').SecurePassword
        $dealId = '{{deal.DealId}}'
        $taskId = '{{TaskFor(script).TaskId}}'
        $taskIds = '{{string.Join("', '", Deal.Tasks.SkipLast(1).Select(task => task.TaskId))}}'
        $encryptedTaskId = '{{_chain.State.Tasks["completedEncrypted"].TaskId}}'
        $requester = '{{_chain.State.Accounts.Requester.Address}}'
        $worker = '{{_pool.Worker}}'
        $workerpool = '{{_pool.Address}}'
        $safe = '{{_chain.State.Accounts.Anyone.Address}}'
        $folder = '{{folder}}'
        $pemPath = "$folder/beneficiary_key"
        $keystorePath = "$folder/keystore"
        $keyFile = "$keystorePath/{{KeyFileName}}"
        Set-Location $folder
        Connect-IExec -PrivateKey $key

        """;

    /// <summary>A task that can be claimed, one with an encrypted result, or else one that has completed.</summary>
    private DevnetTask TaskFor(string script) => script switch
    {
        _ when script.Contains("Claim $taskId", StringComparison.Ordinal) => Deal.Tasks[2],
        _ when script.Contains("-BeneficiaryKeyPath", StringComparison.Ordinal) => _chain.State.Tasks["completedEncrypted"],
        _ => Deal.Tasks[0],
    };

    private Task<long> CountTransactionsAsync() => _chain.CountTransactionsAsync(_chain.State.Accounts.Requester);

    private async Task<int> CountClaimsAsync() =>
        (await _chain.SendAsync("eth_getLogs", new { address = _chain.State.Contracts.Hub, topics = new[] { TaskClaimed }, fromBlock = "0x0" })).GetArrayLength();

    /// <summary>The host names that RFC 2606 reserves for documentation, mapped to the local chain.</summary>
    [GeneratedRegex(@"https://\w+\.example(/\w+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExampleAddress();
}
