using System;
using System.Collections.Generic;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Fuzzing.Targets;

/// <summary>What contracts return, in the contract ABI.</summary>
internal static class ContractTargets
{
    private const int Calls = 3;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("task", ReadTask, typeof(AbiFormatException)),
        new("deal", ReadDeal, typeof(AbiFormatException)),
        new("category", input => DealCodec.DecodeCategory(input), typeof(AbiFormatException)),
        new("workerpool", ReadWorkerpool, typeof(AbiFormatException)),
        new("multicall", ReadAggregate, typeof(AbiFormatException)),
        new("ens-text", input => new AbiReader(input).ReadString(), typeof(AbiFormatException)),
        new("result-link", input => ResultLinkReader.Read(input)) { IsJson = true },
    ];

    private static void ReadTask(byte[] input)
    {
        var task = TaskCodec.Decode(default, input, DateTimeOffset.UnixEpoch, 134);
        _ = $"{task?.StatusName} {task?.Outlook} {task?.Result.Location}";
    }

    /// <summary>A deal's deadlines are computed with the unit of time and the ratios that the chain gives; here they come from the deal itself.</summary>
    private static void ReadDeal(byte[] input)
    {
        if (DealCodec.Decode(default, input) is not { } deal)
            return;
        var timeRef = TimeSpan.FromTicks((long)Math.Min(deal.Category, long.MaxValue));
        Require.That(HubClient.After(deal.StartTime, timeRef, deal.BotSize) >= deal.StartTime, "a deadline is not before the deal");
        Require.That(deal.BotSize == 0 || deal.Holds(deal.BotFirst + deal.BotSize - 1), "a deal holds its last task");
    }

    /// <summary>The description is what anybody may choose; the other answers are words.</summary>
    private static void ReadWorkerpool(byte[] input)
    {
        var one = new byte[32];
        one[^1] = 1;
        WorkerpoolCodec.Decode(default, [one, one, input, one, one], DateTimeOffset.UnixEpoch);
    }

    private static void ReadAggregate(byte[] input)
    {
        var results = new Multicall3Results(input, Calls);
        for (var i = 0; i < Calls; i++)
        {
            if (results.Read(out var data))
                TaskCodec.Decode(default, data, DateTimeOffset.UnixEpoch, 134);
        }
    }
}
