using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Hosting;
using IExec.Tasks.Hosting.StandIns;
using IExec.Tasks.CmdletTests.Workerpools;

namespace IExec.Tasks.CmdletTests.Examples;

/// <summary>
/// What the examples in the documentation take for granted: a chain with a deal that went as deals go, the workerpool that ran it, a gateway
/// with its results, keys, files, and a value for every variable.
/// </summary>
public sealed class ExampleWorld : IAsyncLifetime
{
    private const string KeyFileName = "UTC--2026-01-31T09-15-33.123456789Z--f39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("iexec-examples-");
    private DevnetChain _chain = null!;
    private int _begun;
    private DevnetDeal _deal = null!;
    private Workerpool _pool = null!;
    private IpfsGateway _gateway = null!;

    internal DevnetChain Chain => _chain;

    /// <summary>The folder that the last script ran in.</summary>
    internal string Folder { get; private set; } = "";

    /// <summary>A session in a folder of its own, connected as the requester, with all variables of the examples.</summary>
    public PowerShellHost OpenSession()
    {
        var host = PowerShellHost.WithModule(new HostOptions { Choices = [0, 0, 0, 0] });
        host.DefineStandIns();
        var accounts = _chain.State.Accounts;
        foreach (var (name, value) in new Dictionary<string, object?>
        {
            ["rpcUrl"] = _chain.RpcUrl,
            ["secondRpcUrl"] = _pool.Node.Server.Url,
            ["key"] = TestKeys.Secure(accounts.Requester.PrivateKey),
            ["password"] = TestKeys.Secure(TestKeys.KeyFilePassword),
            ["dealId"] = _deal.DealId,
            ["taskIds"] = _deal.Tasks.SkipLast(1).Select(task => task.TaskId).ToArray(),
            ["encryptedTaskId"] = _chain.State.Tasks["completedEncrypted"].TaskId,
            ["requester"] = accounts.Requester.Address,
            ["worker"] = accounts.Worker1.Address,
            ["workerpool"] = _pool.Address,
            ["safe"] = accounts.Anyone.Address,
            ["pemPath"] = DevnetFiles.BeneficiaryKey,
            ["modules"] = Path.Combine(_home.FullName, "modules"),
            // Connect-IExec without a node or with a public one only reaches the local chain here.
            ["PSDefaultParameterValues"] = new DefaultParameterDictionary
            {
                ["Connect-IExec:RpcUrl"] = _chain.RpcUrl,
                ["Connect-IExec:CompassUrl"] = _pool.Compass!.Url,
                ["Connect-IExec:IpfsGatewayUrl"] = _gateway.Url,
            },
        })
        {
            host.Set(name, value);
        }

        host.Invoke("Connect-IExec -PrivateKey $key; $env:PSModulePath = $modules").ThrowOnError(); // where parallel runspaces look for the module
        return host;
    }

    /// <summary>Gives a session the files that a script may name, and the task that it is about.</summary>
    public void Prepare(PowerShellHost host, string script)
    {
        var folder = _home.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        var keystore = Directory.CreateDirectory(Path.Combine(folder, "keystore")).FullName;
        File.WriteAllText(Path.Combine(keystore, KeyFileName), TestKeys.KeyFile);
        File.Copy(DevnetFiles.BeneficiaryKey, Path.Combine(folder, "beneficiary_key"));
        Folder = folder;
        File.WriteAllLines(Path.Combine(folder, "ids.txt"), _deal.Tasks.SkipLast(1).Select(task => task.TaskId));
        host.Runspace.SessionStateProxy.Path.SetLocation(folder);
        host.Set("folder", folder);
        host.Set("keystorePath", keystore);
        host.Set("keyFile", Path.Combine(keystore, KeyFileName));
        host.Set("taskId", TaskFor(script).TaskId);
    }

    public async Task InitializeAsync()
    {
        _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        _gateway = await IpfsGateway.StartAsync(new BlockStore().AddFolder(DevnetFiles.Blocks));
        _pool = await Workerpool.StartAsync(_chain);
        _deal = await RunDealAsync();
        Directory.CreateSymbolicLink(Path.Combine(_home.CreateSubdirectory("modules").FullName, "IExec.Task"), RepositoryPaths.Root);
    }

    public async Task DisposeAsync()
    {
        await _pool.DisposeAsync();
        await _gateway.DisposeAsync();
        await _chain.DisposeAsync();
        _home.Delete(recursive: true); // the link goes, the clone stays
    }

    /// <summary>Two tasks have completed, one has not, and one was never begun; its time is over.</summary>
    private async Task<DevnetDeal> RunDealAsync()
    {
        var deal = await _chain.CreateDealAsync("examples", DevnetChain.CategoryXs, volume: 4, appPrice: 100, workerpoolPrice: 1000);
        foreach (var task in deal.Tasks.SkipLast(1))
            await _chain.InitializeAsync(deal.DealId, task.Index);
        foreach (var task in deal.Tasks.Take(2))
            await CompleteAsync(task);

        await _chain.IncreaseTimeAsync(TimeSpan.FromMinutes(51));
        foreach (var task in deal.Tasks)
            _pool.AddRun(task.TaskId, stderr: task.Index < 2 ? "" : "out of memory\n");
        return deal;
    }

    /// <summary>A deal of three tasks of which the first has completed; the others are open.</summary>
    internal async Task<DevnetDeal> BeginDealAsync()
    {
        var deal = await _chain.CreateDealAsync($"begun {++_begun}", DevnetChain.CategoryXs, volume: 3, appPrice: 100, workerpoolPrice: 1000);
        foreach (var task in deal.Tasks)
            await _chain.InitializeAsync(deal.DealId, task.Index);
        await CompleteAsync(deal.Tasks[0]);
        return deal;
    }

    private async Task CompleteAsync(DevnetTask task)
    {
        var model = _chain.State.Tasks["completedSingle"];
        await _chain.ContributeAsync(task.TaskId, model.Digest);
        await _chain.RevealAsync(task.TaskId, model.Digest);
        await _chain.FinalizeAsync(task.TaskId, model.Results);
    }

    /// <summary>A task that can be claimed, one with an encrypted result, or else one that has completed.</summary>
    private DevnetTask TaskFor(string script) => script switch
    {
        _ when script.Contains("Claim $taskId", StringComparison.Ordinal) => _deal.Tasks[2],
        _ when script.Contains("-BeneficiaryKeyPath", StringComparison.Ordinal) => _chain.State.Tasks["completedEncrypted"],
        _ => _deal.Tasks[0],
    };
}
