using System;
using System.Collections.Generic;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>
/// The requests of the cmdlets to services, in the order in which they are made. Requests that several cmdlets make with the same code are listed once.
/// </summary>
internal static class StepList
{
    private const string ViewTask = "adccf0d5";
    private const string ViewDeal = "b74861b2";
    private const string ViewCategory = "4f5f44ec";
    private const string DeadlineRatio = "74ed5244";
    private const string ClaimCall = "bd66528a";
    private const string WorkerpoolRegistry = "90a0f546";
    private const string IsRegistered = "c3c5a547";
    private const string EnsResolver = "0178b8bf";
    private const string EnsName = "691f3431";
    private const string EnsText = "59d1d43c";

    private const string Get = "Get-IExecTask";
    private const string Watch = "Watch-IExecTask";
    private const string Wait = "Wait-IExecTask";
    private const string Claim = "Invoke-IExecTaskClaim";
    private const string Info = "Get-IExecTaskOffchainInfo";
    private const string Log = "Get-IExecTaskLog";
    private const string Save = "Save-IExecTaskResult";
    private const string Event = "Get-IExecTaskEvent";
    private const string Diagnosis = "Get-IExecTaskDiagnosis";
    private const string Workerpool = "Get-IExecWorkerpool";
    private const string Find = "Find-IExecDeal";

    private const string ById = " $active";
    private const string ByDeal = " -DealId $deal";
    private const string Follow = " $finished -PollingIntervalSec 0.2 -TimeoutSec $ownTimeoutSec";
    private const string ClaimIt = " $claimable -Force -TimeoutSec $ownTimeoutSec";
    private const string Finished = " $finished";
    private const string Failed = " $failed";
    private const string Pool = " $workerpool -Since 2000-01-01 -DealCount 10";
    private const string FindInSubgraph = " -Source Subgraph";
    private const string FindInMarket = " -Requester $requester -Source Market";
    private const string SaveIt = " $saved $path -Force -MaximumSizeMB 8";

    /// <summary>A node that lacks an old block has no complete history: the cmdlet warns and continues.</summary>
    private static readonly StepException KeepsNoHistory = new(fault => fault.Name == "null result", null, "a warning says that the node has no complete history");

    public static IReadOnlyList<Step> All { get; } =
    [
        Node("Connect-IExec", "chain id", "", "eth_chainId") with { IsFirst = true },
        Node("Connect-IExec", "hub", "", "eth_call", DeadlineRatio),

        Node(Get, "task", ById, "eth_call", ViewTask) with { Profile = DevnetProfile.Bellecour },
        Node(Get, "deal", ByDeal, "eth_call", ViewDeal) with { Profile = DevnetProfile.Bellecour },
        Node(Get, "category", ByDeal, "eth_call", ViewCategory) with { Profile = DevnetProfile.Bellecour },
        Node(Get, "tasks of a deal", ByDeal, "eth_call", ViewTask) with { Profile = DevnetProfile.Bellecour },
        new($"{Get}: batch", Service.Node, Get + ById, request => request.Text.StartsWith('[') && request.Text.Contains(ViewTask, StringComparison.Ordinal))
        {
            Profile = DevnetProfile.Bellecour,
            IsBatch = true,
            HasOtherForm = true,
            Behavior = ServerBehaviors.NoMulticall,
        },
        Node(Get, "block, one by one", ById, "eth_getBlockByNumber") with { Profile = DevnetProfile.Bellecour, Behavior = ServerBehaviors.NoBatches, Occurrence = 2 },
        Node(Get, "task, one by one", ById, "eth_call", ViewTask) with { HasOtherForm = false, Profile = DevnetProfile.Bellecour, Behavior = ServerBehaviors.NoBatches },

        Poll(Watch, "block", "eth_getBlockByNumber"),
        Poll(Watch, "task", "eth_call", ViewTask),
        Poll(Watch, "log", "eth_getLogs") with { Tolerance = Tolerance.HasOtherSource },
        Poll(Wait, "block", "eth_getBlockByNumber"),
        Poll(Wait, "task", "eth_call", ViewTask),
        Poll(Wait, "log", "eth_getLogs") with { Tolerance = Tolerance.HasOtherSource },
        Poll(Wait, "chain after an outage", "eth_chainId") with { Occurrence = 2, Behavior = ServerBehaviors.DownAtFirst },
        Poll(Wait, "hub after an outage", "eth_getCode") with { Behavior = ServerBehaviors.DownAtFirst },

        Node(Claim, "clock", ClaimIt, "eth_getBlockByNumber"),
        Node(Claim, "task", ClaimIt, "eth_call", ViewTask),
        Node(Claim, "deal", ClaimIt, "eth_call", ViewDeal),
        Node(Claim, "dry run", ClaimIt, "eth_call", ClaimCall),
        Node(Claim, "gas", ClaimIt, "eth_estimateGas") with { IsRepeated = true },
        Node(Claim, "base fee", ClaimIt, "eth_getBlockByNumber") with { Occurrence = 2 },
        Node(Claim, "pending transactions", ClaimIt, "eth_getTransactionCount") with { Occurrence = 2 },
        Node(Claim, "nonce", ClaimIt, "eth_getTransactionCount") with { Occurrence = 3 },
        Node(Claim, "priority fee", ClaimIt, "eth_maxPriorityFeePerGas") with { Behavior = ServerBehaviors.NoFeeHistory },
        Node(Claim, "balance", ClaimIt, "eth_getBalance"),
        Node(Claim, "send", ClaimIt, "eth_sendRawTransaction") with { Tolerance = Tolerance.LooksUpTransaction },
        Node(Claim, "receipt", ClaimIt, "eth_getTransactionReceipt") with { Tolerance = Tolerance.AwaitsReceipt },
        Node(Claim, "fee history", ClaimIt, "eth_feeHistory") with { Tolerance = Tolerance.HasOtherMethod },
        Node(Claim, "gas price", ClaimIt, "eth_gasPrice") with { Behavior = ServerBehaviors.NoBaseFee },
        Node(Claim, "send by the node", ClaimIt + " -From $claimant", "eth_sendTransaction") with
        {
            Tolerance = Tolerance.LooksUpTransaction,
            Exceptions =
            [
                new(fault => fault.ClosePort is not null && fault.TakesTime, "ClaimNotConfirmed", "the request may have arrived, and a second one could be a second transaction"),
            ],
        },
        Node(Claim, "transaction known", ClaimIt, "eth_getTransactionByHash") with { Tolerance = Tolerance.LooksUpTransaction, Behavior = ServerBehaviors.TransactionKnown },
        FindTransaction("nonce used", "eth_getTransactionCount"),
        FindTransaction("newest block", "eth_getBlockByNumber"),
        FindTransaction("transactions of a block", "eth_getBlockByNumber") with { Occurrence = 2, Tolerance = Tolerance.LooksUpTransaction },
        Node(Claim, "confirmations", ClaimIt + " -Confirmations 2", "eth_blockNumber") with { OrderVaries = true, Tolerance = Tolerance.AwaitsReceipt, Behavior = ServerBehaviors.ManyConfirmations },

        Node(Info, "task", ById, "eth_call", ViewTask),
        Node(Info, "deal", ById, "eth_call", ViewDeal),
        Ens("resolver of the address", EnsResolver),
        Ens("name", EnsName),
        Ens("resolver of the name", EnsResolver) with { Occurrence = 2 },
        Ens("text", EnsText),
        new($"{Info}: Compass", Service.Compass, Info + ById, _ => true) { IsFirst = true },
        new($"{Info}: scheduler's task", Service.Scheduler, Info + ById, _ => true)
        {
            IsFirst = true,
            Exceptions = [new(fault => fault.Status == 404, "TaskNotFound", "404 means that the scheduler does not know the task")],
        },

        Node(Log, "task", ById, "eth_call", ViewTask),
        Node(Log, "deal", ById, "eth_call", ViewDeal),
        new($"{Log}: Compass", Service.Compass, Log + ById, _ => true) { IsFirst = true },
        new($"{Log}: challenge", Service.Scheduler, Log + ById, request => request.Path.EndsWith("/challenge", StringComparison.Ordinal))
        {
            IsFirst = true,
            Exceptions =
            [
                new(fault => fault.Kind is FaultKind.WrongContent or FaultKind.Ambiguous, "ChallengeRejected", "only a well-formed challenge is signed"),
                new(fault => fault.Kind == FaultKind.InvalidText, "Unauthorized", "a challenge is any text; the scheduler rejects the signature of a different one"),
            ],
        },
        new($"{Log}: logs", Service.Scheduler, Log + ById, request => request.Path.EndsWith("/logs", StringComparison.Ordinal))
        {
            Exceptions =
            [
                new(fault => fault.Status == 401, "Unauthorized", "401 means that the scheduler rejects the signature"),
                new(fault => fault.Status == 403, "NotRequester", "403 means that the account is not the requester"),
                new(fault => fault.Status == 404, "LogNotFound", "404 means that the scheduler has no logs"),
                new(fault => fault.Kind == FaultKind.WrongContent, "LogNotFound", "a scheduler may omit an empty list"),
            ],
        },

        Node(Event, "state", ById, "eth_call", ViewTask) with { Occurrence = 2 },
        Node(Event, "newest block", ById, "eth_getBlockByNumber"),
        Node(Event, "first block", ById, "eth_getBlockByNumber") with { Occurrence = 2, Exceptions = [KeepsNoHistory] },
        Node(Event, "log of deals", ById, "eth_getLogs") with { RetriesSmaller = true },
        Node(Event, "log of tasks", ById, "eth_getLogs") with { Profile = DevnetProfile.Bellecour, RetriesSmaller = true, Occurrence = 2 },
        Node(Event, "receipt", Finished, "eth_getTransactionReceipt") with
        {
            Profile = DevnetProfile.Bellecour,
            Exceptions = [new(fault => fault.Name == "null result", null, "a transaction that is no longer in a block has no events")],
        },
        new($"{Event}: times of blocks", Service.Node, Event + Finished, request => request.Text.StartsWith('[') && request.Text.Contains("eth_getBlockByNumber", StringComparison.Ordinal))
        {
            Profile = DevnetProfile.Bellecour,
            IsBatch = true,
            HasOtherForm = true,
            Behavior = ServerBehaviors.NoBlockTimestamps,
            Exceptions = [new(fault => fault.Name == "null result", null, "an event whose block is gone has no time")],
        },
        new($"{Event}: Compass", Service.Compass, Event + ById, _ => true) { IsFirst = true, Tolerance = Tolerance.ContinuesWithout },
        new($"{Event}: scheduler's task", Service.Scheduler, Event + ById, _ => true) { IsFirst = true, Tolerance = Tolerance.ContinuesWithout },

        new($"{Diagnosis}: Compass", Service.Compass, Diagnosis + Failed, _ => true) { IsFirst = true, Tolerance = Tolerance.ContinuesWithout },
        Workers("scheduler's task", request => !request.Path.Contains("/logs", StringComparison.Ordinal)) with { IsFirst = true },
        Workers("challenge", request => request.Path.EndsWith("/challenge", StringComparison.Ordinal)),
        Workers("logs", request => request.Path.EndsWith("/logs", StringComparison.Ordinal)),
        new($"{Diagnosis}: report of an error", Service.Gateway, $"{Diagnosis} $report", _ => true) { IsFirst = true, Tolerance = Tolerance.ContinuesWithout },

        Node(Workerpool, "registry", Pool, "eth_call", WorkerpoolRegistry),
        Node(Workerpool, "terms", Pool, "eth_call", IsRegistered),
        WorkerpoolHistory("newest block", "eth_getBlockByNumber"),
        WorkerpoolHistory("log of results", "eth_getLogs") with { Profile = DevnetProfile.Bellecour, RetriesSmaller = true, Occurrence = 2 },
        new($"{Workerpool}: Compass", Service.Compass, Workerpool + Pool, _ => true) { IsFirst = true, Tolerance = Tolerance.ContinuesWithout },

        Node(Save, "task", SaveIt, "eth_call", ViewTask),
        Gateway("CAR", request => request.Query.Contains("format=car", StringComparison.Ordinal)) with
        {
            IsFirst = true,
            Exceptions =
            [
                new(fault => fault.Kind is FaultKind.Malformed or FaultKind.TooLarge or FaultKind.Truncated, null, "verified blocks are kept, and the rest is fetched block by block"),
            ],
        },
        Gateway("block", request => request.Query.Contains("format=raw", StringComparison.Ordinal)) with
        {
            Behavior = ServerBehaviors.NoCar,
            Exceptions =
            [
                new(fault => fault.Name == FaultList.Html, null, "a gateway that does not serve blocks is asked for the plain file"),
                new(fault => fault.Kind == FaultKind.TooLarge, "GatewayError", "a block has its own limit, below that of the file"),
            ],
        },
        Gateway("plain file", request => !request.Query.Contains("format", StringComparison.Ordinal)) with { Behavior = ServerBehaviors.NoBlocks },
        Gateway("rest of the plain file", request => request.Header("Range") is not null) with { Behavior = ServerBehaviors.TruncatesFirstFile, Retries = 2 },

        ChainSearch("newest block", "eth_getBlockByNumber"),
        ChainSearch("events", "eth_getLogs") with { RetriesSmaller = true },
        ChainSearch("deal", "eth_call", ViewDeal),
        Index(Service.Subgraph, "subgraph", FindInSubgraph, _ => true) with { IsFirst = true },
        Index(Service.Market, "newest of the market API", FindInMarket, request => !request.Query.Contains("requester", StringComparison.Ordinal)) with { IsFirst = true },
        Index(Service.Market, "market API", FindInMarket, request => request.Query.Contains("requester", StringComparison.Ordinal)),
        Index(Service.Subgraph, "subgraph, or else the market API or the chain", "", _ => true) with { IsFirst = true, Tolerance = Tolerance.HasOtherSource },
    ];

    private static Step Node(string cmdlet, string what, string arguments, string method, string data = "") =>
        new($"{cmdlet}: {what}", Service.Node, arguments.Length == 0 ? "" : cmdlet + arguments, request => IsCall(request, method, data))
        {
            HasOtherForm = method == "eth_call" && data != ClaimCall,
        };

    private static Step Poll(string cmdlet, string what, string method, string data = "") => Node(cmdlet, what, Follow, method, data) with
    {
        Profile = DevnetProfile.Bellecour,
        Tolerance = Tolerance.PollsAgain,
        Behavior = ServerBehaviors.BehindAtFirst,
    };

    private static Step FindTransaction(string what, string method) => Node(Claim, what, ClaimIt, method) with
    {
        After = request => IsCall(request, "eth_sendRawTransaction", ""),
        OrderVaries = true,
        Tolerance = Tolerance.AwaitsReceipt,
        Behavior = ServerBehaviors.LateReceipt,
    };

    private static Step Ens(string what, string selector) => Node(Info, $"ENS, {what}", ById, "eth_call", selector) with { Profile = DevnetProfile.Bellecour };

    private static Step Workers(string what, Func<RecordedRequest, bool> matches) =>
        new($"{Diagnosis}: {what}", Service.Scheduler, Diagnosis + Failed, matches) { Tolerance = Tolerance.ContinuesWithout };

    private static Step WorkerpoolHistory(string what, string method, string data = "") => Node(Workerpool, what, Pool, method, data) with { Tolerance = Tolerance.ContinuesWithout };

    /// <summary>A search on Bellecour, where no other command of the matrix adds blocks.</summary>
    private static Step ChainSearch(string what, string method, string data = "") => Node(Find, what, " -Source Chain", method, data) with { Profile = DevnetProfile.Bellecour };

    private static Step Index(Service service, string what, string arguments, Func<RecordedRequest, bool> matches) =>
        new($"{Find}: {what}", service, Find + arguments, matches)
        {
            Exceptions = [new(fault => service == Service.Market && fault.Kind == FaultKind.InvalidText, null, "the last string of the response is not used by a search")],
        };

    private static Step Gateway(string what, Func<RecordedRequest, bool> matches) => new($"{Save}: {what}", Service.Gateway, Save + SaveIt, matches);

    private static bool IsCall(RecordedRequest request, string method, string data) =>
        request.Text.StartsWith('{')
        && request.Text.Contains($"\"method\":\"{method}\"", StringComparison.Ordinal)
        && request.Text.Contains(data, StringComparison.Ordinal);
}
