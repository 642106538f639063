using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Events;

/// <summary>Converts the hub's log into the events of one task, with explanations.</summary>
internal static class ChainEvents
{
    /// <summary>The account that receives the stakes that workerpools lose (PoCo, <c>KITTY_ADDRESS</c>); workerpools of later tasks are paid from it.</summary>
    private static readonly Address Kitty = Address.Parse("0x99c2268479b93fDe36232351229815DF80837e23");

    /// <summary>The events in the chain's order.</summary>
    /// <param name="deal">The task's deal.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="notice">The event of the deal; null if the node does not return it.</param>
    /// <param name="logs">The events of the task.</param>
    /// <param name="times">The times of blocks, for events without one.</param>
    public static IEnumerable<IExecTaskEvent> Of(
        Deal deal, Bytes32 taskId, DealNotice? notice, IEnumerable<TaskEvent> logs, IReadOnlyDictionary<long, DateTimeOffset> times)
    {
        yield return new IExecTaskEvent
        {
            TaskId = taskId.ToString(),
            DealId = deal.Id.ToString(),
            Timestamp = deal.StartTime,
            Name = nameof(IExecTaskEventKind.DealMatched),
            Kind = IExecTaskEventKind.DealMatched,
            Account = deal.Sponsor.ToString(),
            AmountRlc = Rlc.FromNano(deal.TaskPrice),
            BlockNumber = notice?.BlockNumber,
            TransactionHash = notice?.TransactionHash.ToString(),
            Explanation = "The deal was made. The price of this task is locked in the payer's iExec account until the task ends.",
        };

        var ordered = logs.OrderBy(log => log.BlockNumber).ThenBy(log => log.LogIndex).ToList();
        var workers = new HashSet<string?>(ordered.Where(log => log.Event == IExecTaskEventKind.Contributed).Select(log => log.Worker), StringComparer.Ordinal);
        var isClaimed = ordered.Any(log => log.Event == IExecTaskEventKind.Claimed);
        foreach (var log in ordered)
        {
            var account = log.Account?.ToString();
            var isRefund = log.Event == IExecTaskEventKind.Claimed;
            yield return new IExecTaskEvent
            {
                TaskId = taskId.ToString(),
                DealId = deal.Id.ToString(),
                Timestamp = log.Timestamp ?? (times.TryGetValue(log.BlockNumber, out var time) ? time : null),
                Name = log.Event.ToString(),
                Kind = log.Event,
                Worker = log.Worker ?? (account is not null && workers.Contains(account) ? account : null),
                Account = isRefund ? deal.Sponsor.ToString() : account,
                AmountRlc = isRefund ? Rlc.FromNano(deal.TaskPrice) : log.Amount is { } amount ? Rlc.FromNano(amount) : null,
                Hash = log.Hash,
                BlockNumber = log.BlockNumber,
                TransactionHash = log.TransactionHash,
                Explanation = Explain(deal, log, workers, isClaimed),
            };
        }
    }

    private static string? Explain(Deal deal, TaskEvent log, HashSet<string?> workers, bool isClaimed) => log.Event switch
    {
        IExecTaskEventKind.Reopened => "The workers agreed on a result but none revealed it in time; the task is open for contributions again.",
        IExecTaskEventKind.Rewarded => ExplainReward(deal, log, workers),
        IExecTaskEventKind.Seized => ExplainSeizure(deal, log, workers, isClaimed),
        IExecTaskEventKind.FaultyContribution => "The worker's contribution did not match the consensus, or was not revealed in time.",
        IExecTaskEventKind.Finalized when !deal.Callback.IsZero =>
            $"The result is on the chain, and was handed to the callback contract {deal.Callback}. The hub does not record whether that contract accepted it.",
        IExecTaskEventKind.Claimed => "The final deadline passed without a result; the task's price was refunded to the payer's iExec account.",
        _ => null,
    };

    private static string? ExplainReward(Deal deal, TaskEvent log, HashSet<string?> workers) => log.Account switch
    {
        { } account when account == Kitty => "The stake that the workerpool lost is kept for the workerpools of later tasks.",
        { } account when workers.Contains(account.ToString()) => "For the worker.",
        { } account when account == deal.App.Owner && log.Amount == deal.App.Price => "For the app's owner.",
        { } account when account == deal.Dataset.Owner && log.Amount == deal.Dataset.Price => "For the dataset's owner.",
        { } account when account == deal.Workerpool.Owner => "For the workerpool's owner.",
        _ => null,
    };

    private static string? ExplainSeizure(Deal deal, TaskEvent log, HashSet<string?> workers, bool isClaimed) => log.Account switch
    {
        { } account when account == Kitty => "For the workerpool, from the stakes that workerpools lost earlier.",
        { } account when isClaimed && account == deal.Workerpool.Owner => "The workerpool lost its stake, because the task was not done in time.",
        { } account when account == deal.Sponsor && log.Amount == deal.TaskPrice => "The price of the task, from the amount locked for it.",
        { } account when workers.Contains(account.ToString()) => "The worker lost its stake.",
        _ => null,
    };
}
