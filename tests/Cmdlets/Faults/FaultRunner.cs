using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>Runs one cell at a time, in a shell of its own, with a proxy to each service that can be made to fail.</summary>
internal sealed class FaultRunner : IDisposable
{
    private const int ShortTimeoutSec = 2;
    private const int GenerousTimeoutSec = 60;

    /// <summary>Retries in addition, where a port is opened again: a busy machine may need longer for that than the pause before the first retry.</summary>
    private const int RetriesToReopen = 4;

    /// <summary>Parts of the messages with which a cmdlet reports a first failure.</summary>
    private static readonly string[] FailureMessages = ["Trying again", "may have been sent"];

    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(2);

    private readonly PowerShellHost _host = PowerShellHost.WithModule();
    private readonly FaultWorld _world;
    private readonly CompassFake _compassBehind;
    private readonly FaultyProxy _node = new(NewPath());
    private readonly FaultyProxy _compass = new(NewPath());
    private readonly FaultyProxy _scheduler = new();
    private readonly FaultyProxy _gateway = new(NewPath());
    private readonly FaultyProxy _subgraph = new(NewPath());
    private readonly FaultyProxy _market = new(NewPath());

    /// <summary>The proxy that broken URLs name.</summary>
    private readonly FaultyProxy _nowhere = new(NewPath());

    private readonly string _password = "pw" + Random(16);
    private readonly string _claimantKey = Random(32);
    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-faults-").FullName;
    private readonly CellChecker _checker;

    private FaultRunner(FaultWorld world, CompassFake compass)
    {
        _world = world;
        _compassBehind = compass;
        _compass.Target = compass.Url;
        _scheduler.Target = world.Scheduler.Url;
        _gateway.Target = world.Gateway.Url;
        _subgraph.Target = world.Subgraph.Url;
        _market.Target = world.Market.Url;
        var paths = new[] { _node, _compass, _gateway, _subgraph, _market, _nowhere }.Select(proxy => proxy.Url.AbsolutePath.Trim('/'));
        _checker = new CellChecker(world, _folder, [_password, _claimantKey, world.State.Accounts.Requester.PrivateKey[2..], .. paths]);
        _host.Invoke("$VerbosePreference = $DebugPreference = 'Continue'").ThrowOnError();
    }

    private FaultyProxy[] Proxies => [_node, _compass, _scheduler, _gateway, _subgraph, _market, _nowhere];

    public static async Task<FaultRunner> StartAsync(FaultWorld world)
    {
        var runner = new FaultRunner(world, await CompassFake.StartAsync(world.State.ChainId));
        var connect = "param($url, $key) Connect-IExec -RpcUrl $url -PrivateKey $key; (Get-IExecConnection).Address";
        var account = runner._host.Invoke(connect, ("url", world.Arbitrum.RpcUrl), ("key", TestKeys.Secure(runner._claimantKey))).As<string>().Single();
        await world.Arbitrum.SendAsync("anvil_setBalance", account, "0xde0b6b3a7640000");
        await world.Arbitrum.SendAsync("anvil_impersonateAccount", account);
        runner._checker.Claimant = account;
        runner._host.Set("claimant", account);
        return runner;
    }

    /// <summary>The number of a step's request among those to its service, counted from the connection on, in a run without faults.</summary>
    public int FindOrdinal(Step step)
    {
        var ordinal = 0;
        var counter = new StepCounter(step);
        var proxy = Begin(step);
        var behavior = step.Behavior?.Invoke(_world);
        proxy.Intercept = (request, number, reply) =>
        {
            if (counter.Count(request) == step.Occurrence)
                ordinal = number;
            return behavior?.Invoke(request, reply) ?? reply;
        };
        using var running = Start(step, step.Retries, GenerousTimeoutSec, GenerousTimeoutSec, [UrlOf(step.Service)]);
        var result = running.Wait(CommandTimeout);
        result.ThrowOnError();
        return ordinal > 0 ? ordinal : throw new InvalidOperationException($"{step.Name} is not reached.");
    }

    public CellResult Run(Cell cell, int ordinal)
    {
        try
        {
            // On a busy machine, a short time limit may pass before the request with the fault is made.
            return TryRun(cell, ordinal, ShortTimeoutSec)
                ?? TryRun(cell, ordinal, GenerousTimeoutSec / 4)
                ?? new CellResult(cell, null, "The fault did not happen.");
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException or IExecException)
        {
            return new CellResult(cell, null, exception.Message);
        }
    }

    public void Dispose()
    {
        _host.Dispose();
        foreach (var proxy in Proxies)
            proxy.Dispose();
        _compassBehind.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs a cell; null when the fault did not happen.</summary>
    private CellResult? TryRun(Cell cell, int ordinal, int timeoutSec)
    {
        var (step, fault) = (cell.Step, cell.Fault);
        var proxy = Begin(step);
        var hasHappened = Inject(cell, ordinal, proxy);
        var timeout = fault.TakesTime ? ShortTimeoutSec : GenerousTimeoutSec;
        var ownTimeout = Expectation.Of(cell) is null ? GenerousTimeoutSec : timeoutSec;
        var isReopened = fault.ClosePort is not null && !cell.Always;
        var retries = cell.Always ? step.Retries - 1 : isReopened ? step.Retries + RetriesToReopen : step.Retries;
        using var running = Start(step, retries, timeout, ownTimeout, Urls(cell, ordinal));
        if (isReopened)
            hasHappened = OpenAfterFirstFailure(running, proxy);
        var result = running.Wait(CommandTimeout);
        var connection = _host.Runspace.SessionStateProxy.GetVariable("connection") as PSObject;
        var checkedResult = _checker.Check(cell, result, (IExecConnection?)connection?.BaseObject, proxy.BytesSent);
        return hasHappened() ? checkedResult : null;
    }

    private FaultyProxy Begin(Step step)
    {
        foreach (var each in Proxies)
            each.Reset();
        var chain = step.Profile == DevnetProfile.Arbitrum ? _world.Arbitrum : _world.Bellecour;
        _node.Target = chain.RpcUrl;
        _checker.Begin(step);
        _host.Set("key", TestKeys.Secure(step.Claims ? _claimantKey : _world.State.Accounts.Requester.PrivateKey));
        _host.Set("active", chain.State.Tasks["active"].TaskId);
        _host.Set("deal", chain.State.Tasks["active"].DealId);
        _host.Set("failed", chain.State.Tasks[FaultWorld.FailedTask].TaskId);
        _host.Set("report", chain.State.Tasks["completedError"].TaskId);
        _host.Set("workerpool", chain.State.Workerpools["main"].Address);
        _host.Set("requester", chain.State.Accounts.Requester.Address);
        _host.Set("finished", _world.FinishedTask);
        _host.Set("claimable", _checker.Claimable);
        _host.Set("saved", chain.State.Tasks["completedSingle"].TaskId);
        _host.Set("path", _checker.Target);
        return ProxyOf(step.Service);
    }

    /// <summary>Makes the proxy fail at the step's request.</summary>
    /// <returns>Tells whether the fault has happened.</returns>
    private Func<bool> Inject(Cell cell, int ordinal, FaultyProxy proxy)
    {
        var (step, fault) = (cell.Step, cell.Fault);
        var hits = 0;
        var counter = new StepCounter(step);
        var behavior = step.Behavior?.Invoke(_world);
        var close = fault.ClosePort ?? (fault.BreakUrl is not null && !step.IsFirst ? other => other.Refuse() : null);
        if (ordinal == 1)
            close?.Invoke(proxy);
        proxy.Intercept = (request, number, reply) =>
        {
            reply = behavior?.Invoke(request, reply) ?? reply;
            var occurrence = counter.Count(request);
            if (close is not null)
            {
                var isNext = step.OrderVaries ? occurrence == step.Occurrence : number == ordinal - 1;
                if (isNext)
                    close(proxy);
                return isNext && step.OrderVaries ? reply with { Reset = true } : number < ordinal ? reply.With("Connection", "close") : reply;
            }

            if (fault.BreakUrl is not null || occurrence < step.Occurrence || (occurrence > step.Occurrence && !cell.Always))
                return reply;
            Interlocked.Increment(ref hits);
            return fault.Apply(request, reply);
        };
        return () => (cell.Always && (close ?? (object?)fault.BreakUrl) is not null) || hits + _nowhere.RequestCount > 0;
    }

    /// <summary>The URLs of the step's service.</summary>
    private List<Uri> Urls(Cell cell, int ordinal)
    {
        var (step, good) = (cell.Step, UrlOf(cell.Step.Service));
        if (cell.Fault.BreakUrl is not { } breakUrl)
            return [good];
        List<Uri> urls = ordinal == 1 ? [] : [good];
        _nowhere.Target = ProxyOf(step.Service).Target;
        urls.Add(breakUrl(_nowhere.Url));
        if (!cell.Always)
            urls.Add(_nowhere.Url);
        return urls;
    }

    /// <summary>Reopens the proxy once the cmdlet has reported the failure.</summary>
    /// <returns>Tells whether it was reopened.</returns>
    private static Func<bool> OpenAfterFirstFailure(RunningPipeline running, FaultyProxy proxy)
    {
        var isOpen = 0;
        running.Streams.Verbose.DataAdded += (_, _) => OpenIfReported();
        OpenIfReported();
        return () => isOpen == 1;

        void OpenIfReported()
        {
            var isReported = running.Streams.Verbose.Any(record => FailureMessages.Any(text => record.Message.Contains(text, StringComparison.Ordinal)));
            if (isReported && Interlocked.Exchange(ref isOpen, 1) == 0)
                proxy.Open();
        }
    }

    private RunningPipeline Start(Step step, int retries, int timeoutSec, int ownTimeoutSec, List<Uri> urls)
    {
        var nodes = step.Service == Service.Node ? urls : [UrlOf(Service.Node)];
        var gateways = step.Service == Service.Gateway ? urls : [UrlOf(Service.Gateway)];
        var options = new Hashtable
        {
            ["RpcUrl"] = nodes.Select(WithUser).ToArray(),
            ["IpfsGatewayUrl"] = gateways.ToArray(),
            ["TimeoutSec"] = timeoutSec,
            ["MaximumRetryCount"] = retries,
        };
        if (step.Profile == DevnetProfile.Arbitrum)
            options["CompassUrl"] = UrlOf(Service.Compass, step, urls);
        if (step.Service is Service.Subgraph or Service.Market)
            (options["SubgraphUrl"], options["MarketApiUrl"]) = (UrlOf(Service.Subgraph, step, urls), UrlOf(Service.Market, step, urls));
        _compassBehind.Declare(_world.State.Workerpools["main"].Address, UrlOf(Service.Scheduler, step, urls).AbsoluteUri);
        _host.Set("options", options);
        _host.Set("ownTimeoutSec", ownTimeoutSec);
        return _host.Start($"$connection = $null; $connection = Connect-IExec @options -PrivateKey $key -PassThru; if ($connection) {{ {step.Command} }}");
    }

    /// <summary>A node's URL with a password in it.</summary>
    private Uri WithUser(Uri url) => new UriBuilder(url) { UserName = "someone", Password = _password }.Uri;

    private Uri UrlOf(Service service) => ProxyOf(service).Url;

    private Uri UrlOf(Service service, Step step, List<Uri> urls) => step.Service == service ? urls[0] : UrlOf(service);

    private FaultyProxy ProxyOf(Service service) => service switch
    {
        Service.Node => _node,
        Service.Compass => _compass,
        Service.Scheduler => _scheduler,
        Service.Subgraph => _subgraph,
        Service.Market => _market,
        _ => _gateway,
    };

    /// <summary>A secret path, like those that node providers use as API keys.</summary>
    private static string NewPath() => "/" + Random(16);

    private static string Random(int length) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(length));
}
