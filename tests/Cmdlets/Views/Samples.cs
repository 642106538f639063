using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Http;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.CmdletTests.Views;

/// <summary>Sample objects of the cmdlets, the same in every run.</summary>
internal static class Samples
{
    private const string Deal = "0x98d6b35ec38cbda8a2ed2c4f9c2ba0ddca9cd4aa5d8e1b1e5e0c54b7a7d2f3b1";
    private const string Worker = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
    private const string Cid = "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG";

    private static readonly DateTimeOffset Start = new(2026, 1, 31, 9, 15, 33, 123, TimeSpan.Zero);

    /// <summary>By the name of their golden file: all types that the cmdlets emit, and those in their properties.</summary>
    public static IReadOnlyDictionary<string, object[]> All { get; } = new Dictionary<string, object[]>
    {
        ["tasks"] = [Completed, TimedOut, Lost, Unset],
        ["deals"] = [Bag, Sponsored],
        ["deal-resource"] = [Bag.App],
        ["deal-task-counts"] = [Bag.Tasks],
        ["updates"] = [.. Updates()],
        ["events"] = [.. Events()],
        ["diagnoses"] = [Lack, Done],
        ["deal-diagnoses"] = [OfDeal],
        ["workerpools"] = [Pool, UnknownPool],
        ["offchain-info"] = [OffchainInfo],
        ["replicates"] = OffchainInfo.Replicates,
        ["offchain-statuses"] = OffchainInfo.Replicates[0].StatusHistory,
        ["logs"] = [Log("reading the input\n100 %\n", ""), Log("", "\u001b[2J\u001b[31mall is well\n")],
        ["results"] = [.. Results()],
        ["result-link"] = [Completed.Result],
        ["claims"] = [Claim(0), Claim(1)],
        ["unsigned-transactions"] = [Unsigned],
        ["connection"] = [Connection],
        ["chains"] = [.. KnownChains.All],
    };

    public static IExecTask Completed => new()
    {
        TaskId = Id(1),
        DealId = Deal,
        OnChainStatus = IExecTaskStatus.Completed,
        TimeRef = TimeSpan.FromMinutes(5),
        ContributionDeadline = Start.AddMinutes(35),
        RevealDeadline = Start.AddMinutes(20),
        FinalDeadline = Start.AddMinutes(50),
        ConsensusValue = Id(2),
        RevealCounter = 1,
        WinnerCounter = 1,
        Contributors = [Worker, "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720"],
        ResultDigest = Id(3),
        Result = new IExecTaskResultLink("ipfs", $"/ipfs/{Cid}", $$"""{ "storage": "ipfs", "location": "/ipfs/{{Cid}}" }"""),
        ResultsTimestamp = Start.AddMinutes(18),
        BlockTimestamp = Start.AddMinutes(40),
        ChainId = 421614,
    };

    private static IExecTask TimedOut => Open(4, 1, Start.AddMinutes(50));

    private static IExecTask Lost => Open(5, 102_400, Start.AddMinutes(40));

    private static IExecTask Unset => Open(6, 3, Start.AddMinutes(1), IExecTaskStatus.Unset);

    private static IExecDeal Bag => new()
    {
        DealId = Deal,
        App = new IExecDealResource("0x6A5b2A2B4DD66D5Ae3AC5a1C3a8C4cF7b0bD8F63", Worker, 0.5m),
        Dataset = new IExecDealResource("0x6e6FF45E6543cD86fee67075e0ed0c2cfAd87de5", Worker, 0.000000001m),
        Workerpool = new IExecDealResource("0xa0Ee7A142d267C1f36714E4a8F75612F20a79720", Worker, 1),
        Requester = Worker,
        Beneficiary = Worker,
        Payer = Worker,
        Category = 2,
        CategoryName = "M",
        TimeRef = TimeSpan.FromHours(1),
        Trust = 1,
        Tag = Id(0)[..^1] + "9",
        TagNames = ["tee", "tdx"],
        Params = """{"iexec_args":"\u001b[2Jone two","iexec_result_storage_provider":"ipfs"}""" + "\u001b[31m",
        BotFirst = 0,
        BotSize = 1000,
        StartTime = Start,
        ContributionDeadline = Start.AddHours(7),
        FinalTime = Start.AddHours(10),
        Tasks = new IExecDealTaskCounts { Completed = 900, Failed = 20, Timeout = 80 },
        TaskPrice = 1_500_000_001,
        BlockTimestamp = Start.AddHours(11),
        ChainId = 421614,
    };

    private static IExecDeal Sponsored => new()
    {
        DealId = Id(11),
        App = Bag.App,
        Workerpool = Bag.Workerpool,
        Requester = Worker,
        Beneficiary = Worker,
        Payer = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        Callback = "0x6e6FF45E6543cD86fee67075e0ed0c2cfAd87de5",
        CategoryName = "XS",
        TimeRef = TimeSpan.FromMinutes(5),
        Trust = 1,
        Tag = Id(0),
        BotFirst = 100,
        BotSize = 1,
        StartTime = Start,
        ContributionDeadline = Start.AddMinutes(35),
        FinalTime = Start.AddMinutes(50),
        Tasks = new IExecDealTaskCounts { Unset = 1 },
        BlockTimestamp = Start.AddMinutes(1),
        ChainId = 421614,
    };

    private static IExecTaskOffchainInfo OffchainInfo => new()
    {
        TaskId = Id(1),
        Workerpool = "0x6e6FF45E6543cD86fee67075e0ed0c2cfAd87de5",
        WorkerpoolApiUrl = new Uri("https://core.workerpool.example/"),
        Status = "RUNNING",
        Explanation = "One worker failed: the app ended with exit code 137, which mostly means that it ran out of memory.",
        StatusHistory = [Status("RECEIVED", 0, 2.5), Status("INITIALIZED", 2.5, 330), Status("RUNNING", 332.5, null)],
        Replicates =
        [
            new()
            {
                Worker = Worker,
                Status = "FAILED",
                ExitCode = 137,
                Explanation = "The app ended with exit code 137.",
                HasLog = true,
                StatusHistory = [Status("CREATED", 333, 5), Status("COMPUTE_FAILED", 338, 7320, "APP_COMPUTE_FAILED"), Status("FAILED", 7658, null)],
            },
            new() { Worker = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720", Status = "\u001b[31mCOMPUTING", StatusHistory = [Status("COMPUTING", 400, null)] },
        ],
    };

    private static IExecUnsignedTransaction Unsigned => new()
    {
        ChainId = 421614,
        From = "0xbcd4042DE499D14e55001CcbB24a551F3b954096",
        To = "0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E",
        Data = "0x379607f5" + Id(4)[2..],
        Nonce = 7,
        Gas = 120_000,
        MaxFeePerGas = 200_000_000,
        MaxPriorityFeePerGas = 0,
        SigningPayload = "0x02ee83066eee07",
        SigningHash = Id(7),
        TaskId = [Id(4), Id(6)],
        RefundRlc = 0.000103m,
    };

    private static IExecConnection Connection
    {
        get
        {
            var http = HttpClientFactory.Create();
            Uri[] nodes = [new("https://one.example/***"), new("wss://two.example/")];
            return new IExecConnection(http, JsonRpcClient.Create(http, nodes, new RetryPolicy(0), TimeSpan.FromSeconds(1)))
            {
                Chain = "arbitrum-sepolia-testnet",
                ChainId = 421614,
                RpcUrl = [.. Array.ConvertAll(nodes, node => node.ToString())],
                HubAddress = "0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E",
                Compass = new Uri("https://compass.arbitrum-sepolia-testnet.iex.ec"),
                Gateways = [new Uri("https://ipfs-gateway.arbitrum-sepolia-testnet.iex.ec")],
                Confirmations = 1,
                Timeout = TimeSpan.FromSeconds(30),
                MaximumRetryCount = 3,
            };
        }
    }

    private static IEnumerable<IExecTaskUpdate> Updates()
    {
        yield return new() { Task = Lost, Timestamp = Start };
        yield return new() { Task = Lost, Timestamp = Start.AddMinutes(1), Event = IExecTaskEventKind.ConsensusReached, Worker = Worker, Hash = Id(2), BlockNumber = 1234, TransactionHash = Id(8) };
        yield return new() { Task = Completed, Timestamp = Start.AddMinutes(18), Event = IExecTaskEventKind.Finalized, BlockNumber = 1240, TransactionHash = Id(9) };
        yield return new() { Task = TimedOut, Timestamp = Start.AddMinutes(50) };
    }

    private static IExecTaskDiagnosis Lack => new()
    {
        Task = Lost,
        Verdict = IExecTaskVerdict.CannotSucceed,
        Summary = "The time for contributions ended without a consensus. The application failed with exit code 137.",
        Evidence = [.. Events().Skip(3).Take(1)],
        LogLines = [$"{Worker}: \u001b[35mAPP killed"],
        Unknown = ["The workers' progress: the scheduler's view is not available."],
        NextStep = $"Invoke-IExecTaskClaim {Id(5)}",
        From = Start.AddMinutes(50),
    };

    private static IExecTaskDiagnosis Done => new()
    {
        Task = Completed,
        Verdict = IExecTaskVerdict.Completed,
        Summary = "The task is completed.",
        NextStep = $"Save-IExecTaskResult {Id(1)}",
    };

    private static IExecDealDiagnosis OfDeal => new()
    {
        DealId = Deal,
        Verdict = IExecTaskVerdict.CannotSucceed,
        Summary = Lack.Summary,
        Of = 40,
        NextStep = $"Invoke-IExecTaskClaim -DealId {Deal} -Index 102400",
        From = Start.AddMinutes(50),
        Tasks = [Lack],
    };

    private static IExecWorkerpool Pool => new()
    {
        Address = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720",
        Owner = Worker,
        Description = "\u001b[2Ja pool\u001b[31m",
        EnsName = "main.pools.iexec.eth",
        ApiUrl = new Uri("https://core.workerpool.example/"),
        ApiUrlSource = IExecWorkerpoolApiSource.Ens,
        WorkerStakePercent = 30,
        SchedulerRewardPercent = 1,
        RecentDeals = 12,
        RecentSince = Start,
        RecentTasks = 348,
        Completed = 300,
        Timeouts = 9,
        Open = 39,
        CompletionPercent = 100.0 * 300 / 309,
        MedianTimeToResult = TimeSpan.FromSeconds(245),
        Percentile95TimeToResult = TimeSpan.FromMinutes(95),
        TimedTasks = 300,
        ChainId = 421614,
    };

    private static IExecWorkerpool UnknownPool => new()
    {
        Address = "0x6e6FF45E6543cD86fee67075e0ed0c2cfAd87de5",
        Owner = Worker,
        Description = "",
        WorkerStakePercent = 30,
        SchedulerRewardPercent = 100,
        Unknown = ["The API: Workerpool 0x6e6FF45E6543cD86fee67075e0ed0c2cfAd87de5 has not published an API URL in ENS.", "The recent deals: the node does not give them."],
        ChainId = 421614,
    };

    private static IEnumerable<IExecTaskEvent> Events()
    {
        yield return Event(0, IExecTaskEventKind.DealMatched, account: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", amount: 1.500000001m, explanation: "The deal was made.");
        yield return Event(2, IExecTaskEventKind.Initialized);
        yield return new() { TaskId = Id(1), DealId = Deal, Timestamp = Start.AddSeconds(2.5), Source = IExecTaskEventSource.Scheduler, Name = "INITIALIZED" };
        yield return new()
        {
            TaskId = Id(1),
            DealId = Deal,
            Source = IExecTaskEventSource.Scheduler,
            Name = "CONTRIBUTE_AND_FINALIZE_FAILED",
            Worker = Worker,
            Cause = "\u001b[35mAPP_COMPUTE_FAILED",
            Explanation = "The application failed with exit code 137. Look at Get-IExecTaskLog, and fix the app or its arguments.",
        };
        yield return Event(600, IExecTaskEventKind.Contributed, worker: Worker, hash: Id(2));
    }

    private static IExecTaskEvent Event(
        int seconds, IExecTaskEventKind kind, string? worker = null, string? account = null, decimal? amount = null, string? hash = null, string? explanation = null) => new()
    {
        TaskId = Id(1),
        DealId = Deal,
        Timestamp = Start.AddSeconds(seconds),
        Name = kind.ToString(),
        Kind = kind,
        Worker = worker,
        Account = account,
        AmountRlc = amount,
        Hash = hash,
        BlockNumber = 98_765_432 + seconds,
        TransactionHash = Id(8),
        Explanation = explanation,
    };

    private static IEnumerable<IExecTaskResult> Results()
    {
        yield return new()
        {
            TaskId = Id(1), Path = $"/home/me/results/{Id(1)}.zip", Length = 20_971_520, Storage = "ipfs", Location = $"/ipfs/{Cid}", Cid = Cid,
            CidVerified = true, DigestVerified = true,
        };
        yield return new()
        {
            TaskId = Id(4), Path = "/home/me/results/two.zip", Length = 1034, Storage = "ipfs", Location = $"/ipfs/{Cid}", Cid = Cid, CidVerified = false,
            Reason = "The gateway's file is not the one that the CID names.",
        };
    }

    private static IExecTask Open(int seed, long index, DateTimeOffset now, IExecTaskStatus status = IExecTaskStatus.Active) => new()
    {
        TaskId = Id(seed),
        DealId = Deal,
        Index = index,
        OnChainStatus = status,
        TimeRef = TimeSpan.FromMinutes(5),
        ContributionDeadline = Start.AddMinutes(35),
        FinalDeadline = Start.AddMinutes(50),
        ConsensusValue = Id(0),
        ResultDigest = Id(0),
        BlockTimestamp = now,
        ChainId = 421614,
    };

    private static IExecTaskOffchainStatus Status(string status, double after, double? took, string? cause = null) => new()
    {
        Status = status,
        Date = Start.AddSeconds(after),
        Duration = took is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Cause = cause,
    };

    private static IExecTaskLog Log(string stdout, string stderr) => new() { TaskId = Id(1), Worker = Worker, Stdout = stdout, Stderr = stderr };

    private static IExecTaskClaim Claim(int index) => new()
    {
        TaskId = Id(10 + index),
        DealId = Deal,
        TransactionHash = Id(8),
        BlockNumber = 98_765_432,
        GasUsed = 412_345,
        RefundRlc = 0.000103m,
        RefundedTo = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        ChainId = 42161,
    };

    private static string Id(int seed) => seed == 0 ? "0x" + new string('0', 64) : "0x" + Convert.ToHexStringLower(Keccak256.Hash([(byte)seed]));
}
