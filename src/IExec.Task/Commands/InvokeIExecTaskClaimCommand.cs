using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Claims;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;
using IExec.Tasks.Transactions;

namespace IExec.Tasks.Commands;

/// <summary>
/// Claims tasks that did not complete before their final deadline, so that their price goes back to whoever paid it. All tasks of
/// one command share as few transactions as their gas allows; those that are not initialised yet are initialised in the same transaction.
/// Checks by the chain's clock and a dry run come first; a task that cannot be claimed does not affect the others.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "IExecTaskClaim", DefaultParameterSetName = ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTaskClaim), typeof(IExecUnsignedTransaction))]
public sealed class InvokeIExecTaskClaimCommand : TaskSelectionCmdlet
{
    private const int DefaultTimeoutSec = 300;
    private const decimal DefaultMaximumCost = 0.02m;
    private const string Caption = "Claim tasks";

    private readonly List<TaskTarget> _targets = [];
    private Confirmation _confirmation = null!;
    private Address? _from;
    private FeeReader _fees = null!;

    /// <summary>Claims without a confirmation prompt. -WhatIf and an explicit -Confirm still apply.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How many confirmations a transaction needs; its own block is the first. Without it, the connection's number.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int? Confirmations { get; set; }

    /// <summary>The seconds to wait for each transaction; after that, the error ClaimNotConfirmed gives its hash.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; } = DefaultTimeoutSec;

    /// <summary>
    /// The most that the gas of the whole command may cost, in the chain's own currency. Above it, nothing is sent and the error is FeeTooHigh. The default applies
    /// unless a fee is given.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1_000_000.0)]
    public decimal MaximumCost { get; set; } = DefaultMaximumCost;

    /// <summary>The maximum fee in wei per gas. Without it, twice the latest block's base fee plus the priority fee.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? MaxFeePerGas { get; set; }

    /// <summary>The maximum priority fee in wei per gas. Without it, the median of what the latest blocks' transactions paid.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? MaxPriorityFeePerGas { get; set; }

    /// <summary>The gas price in wei, for a legacy transaction. Cannot be combined with the two above.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? GasPrice { get; set; }

    /// <summary>The account that claims, if it is not the connection's: one whose key the node holds, or, with -AsUnsignedTransaction, any.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>Emits the transactions for someone else to sign, and sends nothing.</summary>
    [Parameter]
    public SwitchParameter AsUnsignedTransaction { get; set; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        _confirmation = new Confirmation(this, Force);
        RejectContradictingFees();
        await base.BeginAsync(cancellationToken);
        _from = FindSender();
    }

    /// <inheritdoc/>
    private protected override Task AddAsync(TaskTarget target, CancellationToken cancellationToken)
    {
        _targets.Add(target);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await FindAsync(cancellationToken);
        if (_targets.Count == 0)
            return;
        using var progress = new ProgressReporter(this, Caption);
        _fees = new FeeReader(Session, Wish);
        var claimer = await TaskClaimer.OpenAsync(Session, Reader, _from, _fees, CostLimit, cancellationToken);
        progress.Report($"Checking {Tasks(_targets.Count)}");
        var (claimable, others) = await claimer.CheckAsync(_targets, cancellationToken);
        foreach (var task in claimable)
            Remember(task.Task);
        foreach (var outcome in others)
            Write(outcome);
        if (claimable.Count == 0)
            return;
        progress.Report($"Estimating the cost of claiming {Tasks(claimable.Count)}");
        if (await QuoteAsync(claimer, claimable, cancellationToken) is not { } quote)
            return;
        if (AsUnsignedTransaction)
        {
            await foreach (var draft in claimer.DraftAsync(quote, _from!.Value, cancellationToken))
                Emit(draft);
            return;
        }

        var approved = Approve(claimable, quote);
        if (approved.Count == 0)
            return;
        _fees.IsAgreed = !Force;
        var tracker = new TransactionTracker(
            Session, Confirmations ?? Session.Connection.Confirmations, TimeSpan.FromSeconds(TimeoutSec), new Progress<string>(text => progress.Report(text)));
        try
        {
            await foreach (var outcome in claimer.ClaimAsync(approved, Account, tracker, cancellationToken))
                Write(outcome);
        }
        catch (TransactionInterruptedException exception)
        {
            // A command that is being stopped can no longer write to a stream, only to the console.
            Host.UI?.WriteWarningLine(exception.Message);
            throw;
        }
    }

    private static string Tasks(int count) => count == 1 ? "1 task" : $"{count} tasks";

    private ITransactionAccount Account =>
        From is null ? new KeyAccount(Session.Connection.RequireSigner(), Session.Rpc) : new NodeAccount(_from!.Value, Session.Rpc);

    private FeeWish Wish => new(GasPrice, MaxFeePerGas, MaxPriorityFeePerGas);

    private CostLimit CostLimit => new(
        Wish.IsNone || MyInvocation.BoundParameters.ContainsKey(nameof(MaximumCost)) ? Currency.ToWei(MaximumCost) : null, Session.Connection.Currency);

    private void RejectContradictingFees()
    {
        var problem = GasPrice is not null && (MaxFeePerGas is not null || MaxPriorityFeePerGas is not null)
            ? "-GasPrice is for legacy transactions; -MaxFeePerGas and -MaxPriorityFeePerGas are for the others. Use one or the other."
            : MaxPriorityFeePerGas > MaxFeePerGas ? "-MaxPriorityFeePerGas is a part of -MaxFeePerGas and cannot be larger." : null;
        if (problem is not null)
            RejectParameters(problem);
    }

    /// <summary>The sender of the transactions; a missing key is an error before anything else is done.</summary>
    private Address? FindSender()
    {
        if (From is not null)
            return ParseAddress(From);
        if (Session.Connection.Signer is { } signer)
            return signer.Address;
        if (AsUnsignedTransaction)
        {
            throw new IExecException(
                IExecErrorId.SignerRequired, "A transaction's nonce depends on its sender, and the connection has no key.", "Name the signer with -From <address>.");
        }

        return _confirmation.IsWhatIf ? null : Session.Connection.RequireSigner().Address;
    }

    /// <summary>What the claim costs, with a warning when that exceeds the refund; null after a reported error.</summary>
    private async Task<ClaimQuote?> QuoteAsync(TaskClaimer claimer, IReadOnlyList<ClaimableTask> tasks, CancellationToken cancellationToken)
    {
        try
        {
            var quote = await claimer.QuoteAsync(tasks, cancellationToken);
            if (quote.DescribeLoss() is { } loss)
                WriteWarning(loss);
            return quote;
        }
        catch (IExecException exception)
        {
            Write(ClaimOutcome.Of(exception, tasks.Select(task => task.Target)));
            return null;
        }
    }

    /// <summary>One prompt for all tasks of a deal.</summary>
    private List<ClaimableTask> Approve(IReadOnlyList<ClaimableTask> tasks, ClaimQuote quote)
    {
        var approved = new List<ClaimableTask>();
        foreach (var group in tasks.GroupBy(task => task.Deal.Id))
        {
            var members = group.ToList();
            var what = members.Count == 1 ? $"task {members[0].Id}" : $"{members.Count} tasks of deal {group.Key}";
            var refund = $"{Rlc.Text(members.Sum(task => task.RefundRlc))} to {members[0].RefundedTo}";
            if (_confirmation.Ask($"Claim {what}, refund {refund}. {quote.Cost}.", $"Claim {what} and refund {refund}? {quote.Cost}. The transaction cannot be undone.", Caption))
                approved.AddRange(members);
        }

        if (_confirmation.IsWhatIf && quote.DealCount > 1)
            _confirmation.Ask($"{quote.Total}. {quote.Cost}.", Caption, Caption);
        return approved;
    }

    private void Write(ClaimOutcome outcome)
    {
        if (outcome.Claim is not null)
            Emit(outcome.Claim);
        else if (outcome.Failure is not null)
            WriteFailure(outcome.Failure, outcome.FailedInput);
        else
            WriteWarning(outcome.Notice);
    }
}
