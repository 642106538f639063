using System;
using System.Collections.Generic;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>Every request of every cmdlet to a service, in the order in which it is made.</summary>
internal static class StepList
{
    private const string ViewTask = "adccf0d5";
    private const string ViewDeal = "b74861b2";
    private const string ViewCategory = "4f5f44ec";
    private const string DeadlineRatio = "74ed5244";
    private const string ClaimCall = "bd66528a";
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

    private const string ById = " $active";
    private const string ByDeal = " -DealId $deal";
    private const string Follow = " $finished -PollingIntervalSec 0.2 -TimeoutSec $ownTimeoutSec";
    private const string ClaimIt = " $claimable -Force -TimeoutSec $ownTimeoutSec";
    private const string SaveIt = " $saved $path -Force -MaximumSizeMB 8";

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
            Habit = Habits.NoMulticall,
        },
        Node(Get, "block, one by one", ById, "eth_getBlockByNumber") with { Profile = DevnetProfile.Bellecour, Habit = Habits.NoBatches, Occurrence = 2 },
        Node(Get, "task, one by one", ById, "eth_call", ViewTask) with { HasOtherForm = false, Profile = DevnetProfile.Bellecour, Habit = Habits.NoBatches },

        Look(Watch, "block", "eth_getBlockByNumber"),
        Look(Watch, "task", "eth_call", ViewTask),
        Look(Watch, "log", "eth_getLogs") with { Tolerance = Tolerance.HasOtherSource },
        Look(Wait, "block", "eth_getBlockByNumber"),
        Look(Wait, "task", "eth_call", ViewTask),
        Look(Wait, "log", "eth_getLogs") with { Tolerance = Tolerance.HasOtherSource },
        Look(Wait, "chain after an outage", "eth_chainId") with { Occurrence = 2, Habit = Habits.OutAtFirst },
        Look(Wait, "hub after an outage", "eth_getCode") with { Habit = Habits.OutAtFirst },

        Node(Claim, "clock", ClaimIt, "eth_getBlockByNumber"),
        Node(Claim, "task", ClaimIt, "eth_call", ViewTask),
        Node(Claim, "deal", ClaimIt, "eth_call", ViewDeal),
        Node(Claim, "dry run", ClaimIt, "eth_call", ClaimCall),
        Node(Claim, "gas", ClaimIt, "eth_estimateGas") with { IsAskedAgain = true },
        Node(Claim, "base fee", ClaimIt, "eth_getBlockByNumber") with { Occurrence = 2 },
        Node(Claim, "transactions that wait", ClaimIt, "eth_getTransactionCount") with { Occurrence = 2 },
        Node(Claim, "nonce", ClaimIt, "eth_getTransactionCount") with { Occurrence = 3 },
        Node(Claim, "priority fee", ClaimIt, "eth_maxPriorityFeePerGas") with { Habit = Habits.NoFeeHistory },
        Node(Claim, "balance", ClaimIt, "eth_getBalance"),
        Node(Claim, "send", ClaimIt, "eth_sendRawTransaction") with { Tolerance = Tolerance.LooksUp },
        Node(Claim, "receipt", ClaimIt, "eth_getTransactionReceipt") with { Tolerance = Tolerance.AwaitsReceipt },
        Node(Claim, "fee history", ClaimIt, "eth_feeHistory") with { Tolerance = Tolerance.HasOtherMethod },
        Node(Claim, "gas price", ClaimIt, "eth_gasPrice") with { Habit = Habits.NoBaseFee },
        Node(Claim, "send by the node", ClaimIt + " -From $claimant", "eth_sendTransaction") with
        {
            Tolerance = Tolerance.LooksUp,
            Exceptions =
            [
                new(fault => fault.Close is not null && fault.TakesTime, "ClaimNotConfirmed", "nobody knows whether the request got through, and a second may be another transaction"),
            ],
        },
        Node(Claim, "transaction known", ClaimIt, "eth_getTransactionByHash") with { Tolerance = Tolerance.LooksUp, Habit = Habits.KnowsTheTransaction },
        Search("nonce used", "eth_getTransactionCount") with { Occurrence = 4 },
        Search("newest block", "eth_getBlockByNumber") with { Occurrence = 3 },
        Search("transactions of a block", "eth_getBlockByNumber") with { Occurrence = 4, Tolerance = Tolerance.LooksUp },
        Node(Claim, "confirmations", ClaimIt + " -Confirmations 2", "eth_blockNumber") with { Races = true, Tolerance = Tolerance.AwaitsReceipt, Habit = Habits.FarAhead },

        Node(Info, "task", ById, "eth_call", ViewTask),
        Node(Info, "deal", ById, "eth_call", ViewDeal),
        InEns("resolver of the address", EnsResolver),
        InEns("name", EnsName),
        InEns("resolver of the name", EnsResolver) with { Occurrence = 2 },
        InEns("text", EnsText),
        new($"{Info}: Compass", Service.Compass, Info + ById, _ => true) { IsFirst = true },
        new($"{Info}: scheduler's task", Service.Scheduler, Info + ById, _ => true)
        {
            IsFirst = true,
            Exceptions = [new(fault => fault.Status == 404, "TaskNotFound", "the scheduler says that it does not know the task")],
        },

        Node(Log, "task", ById, "eth_call", ViewTask),
        Node(Log, "deal", ById, "eth_call", ViewDeal),
        new($"{Log}: Compass", Service.Compass, Log + ById, _ => true) { IsFirst = true },
        new($"{Log}: challenge", Service.Scheduler, Log + ById, request => request.Path.EndsWith("/challenge", StringComparison.Ordinal))
        {
            IsFirst = true,
            Exceptions =
            [
                new(fault => fault.Nature is Nature.WrongContent or Nature.Ambiguous, "ChallengeRejected", "only what is exactly a challenge is signed"),
                new(fault => fault.Nature == Nature.BadText, "Unauthorized", "a challenge is any text; the scheduler finds that another was signed"),
            ],
        },
        new($"{Log}: logs", Service.Scheduler, Log + ById, request => request.Path.EndsWith("/logs", StringComparison.Ordinal))
        {
            Exceptions =
            [
                new(fault => fault.Status == 401, "Unauthorized", "the scheduler does not take the signature"),
                new(fault => fault.Status == 403, "NotRequester", "the scheduler says so"),
                new(fault => fault.Status == 404, "LogNotFound", "the scheduler has none"),
                new(fault => fault.Nature == Nature.WrongContent, "LogNotFound", "the scheduler leaves the list out when it is empty"),
            ],
        },

        Node(Save, "task", SaveIt, "eth_call", ViewTask),
        Gateway("CAR", request => request.Query.Contains("format=car", StringComparison.Ordinal)) with
        {
            IsFirst = true,
            Exceptions =
            [
                new(fault => fault.Nature is Nature.Nonsense or Nature.TooLarge or Nature.BreaksOff, null, "what was verified is kept, and the rest is fetched block by block"),
            ],
        },
        Gateway("block", request => request.Query.Contains("format=raw", StringComparison.Ordinal)) with
        {
            Habit = Habits.NoCar,
            Exceptions =
            [
                new(fault => fault.Name == FaultList.Html, null, "a gateway that sends something else than blocks is asked for the plain file"),
                new(fault => fault.Nature == Nature.TooLarge, "GatewayError", "no block is so large, and the file's own limit is not reached"),
            ],
        },
        Gateway("plain file", request => !request.Query.Contains("format", StringComparison.Ordinal)) with { Habit = Habits.NoBlocks },
        Gateway("rest of the plain file", request => request.Header("Range") is not null) with { Habit = Habits.BreaksOff, Retries = 2 },
    ];

    private static Step Node(string cmdlet, string what, string arguments, string method, string data = "") =>
        new($"{cmdlet}: {what}", Service.Node, arguments.Length == 0 ? "" : cmdlet + arguments, request => IsCall(request, method, data))
        {
            HasOtherForm = method == "eth_call" && data != ClaimCall,
        };

    private static Step Look(string cmdlet, string what, string method, string data = "") => Node(cmdlet, what, Follow, method, data) with
    {
        Profile = DevnetProfile.Bellecour,
        Tolerance = Tolerance.LooksAgain,
        Habit = Habits.BehindAtFirst,
    };

    private static Step Search(string what, string method) => Node(Claim, what, ClaimIt, method) with
    {
        Races = true,
        Tolerance = Tolerance.AwaitsReceipt,
        Habit = Habits.ReceiptComesLate,
    };

    private static Step InEns(string what, string selector) =>
        Node(Info, $"ENS, {what}", ById, "eth_call", selector) with { Profile = DevnetProfile.Bellecour };

    private static Step Gateway(string what, Func<RecordedRequest, bool> matches) => new($"{Save}: {what}", Service.Gateway, Save + SaveIt, matches);

    private static bool IsCall(RecordedRequest request, string method, string data) =>
        request.Text.StartsWith('{')
        && request.Text.Contains($"\"method\":\"{method}\"", StringComparison.Ordinal)
        && request.Text.Contains(data, StringComparison.Ordinal);
}
