using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;
using IExec.Tasks.Transactions;

namespace IExec.Tasks.Claims;

/// <summary>One command's claims: checks and a dry run first, then the transactions, or unsigned ones.</summary>
/// <remarks>
/// In this order, <see cref="ClaimChecker"/> checks the tasks' states, <see cref="PendingClaims"/> finds claims that are already pending,
/// <see cref="ClaimDryRun"/> simulates the claims, <see cref="ClaimPacker"/> divides them into transactions for a <see cref="ClaimQuote"/>, and
/// <see cref="ClaimRun"/> sends them. <see cref="ClaimDiagnosis"/> explains a failure at any of these steps.
/// </remarks>
internal sealed class TaskClaimer
{
    private readonly IExecSession _session;
    private readonly ClaimChecker _checker;
    private readonly PendingClaims? _pending;
    private readonly ClaimDryRun _dryRun;
    private readonly ClaimDiagnosis _diagnosis;
    private readonly ClaimPacker _packer;
    private readonly FeeReader _fees;
    private readonly CostLimit _limit;
    private readonly BlockHeader _latest;

    private TaskClaimer(IExecSession session, TaskReader reader, Address? from, FeeReader fees, CostLimit limit, BlockHeader latest)
    {
        var calls = new ClaimCalls(session, from);
        _session = session;
        _checker = new ClaimChecker(session, reader);
        _pending = from is { } account ? new PendingClaims(session, account) : null;
        _diagnosis = new ClaimDiagnosis(session, reader, latest.Number);
        _dryRun = new ClaimDryRun(calls, _diagnosis);
        _packer = new ClaimPacker(calls, latest.GasLimit);
        _fees = fees;
        _limit = limit;
        _latest = latest;
    }

    /// <param name="session">The command's session.</param>
    /// <param name="reader">The command's reader.</param>
    /// <param name="from">The account that claims; null when nothing will be sent.</param>
    /// <param name="fees">Determines the fee.</param>
    /// <param name="limit">The maximum cost.</param>
    /// <param name="cancellationToken">Cancels the read of the latest block.</param>
    public static async Task<TaskClaimer> OpenAsync(
        IExecSession session, TaskReader reader, Address? from, FeeReader fees, CostLimit limit, CancellationToken cancellationToken) =>
        new(session, reader, from, fees, limit, BlockHeader.Read(await session.Rpc.SendAsync(BlockHeader.GetLatest, cancellationToken).ConfigureAwait(false)));

    /// <summary>Checks the tasks' states and the account's pending claims, then makes a dry run.</summary>
    /// <returns>The tasks whose claim would succeed now, each once, and the outcomes of the others.</returns>
    public async Task<(IReadOnlyList<ClaimableTask> Claimable, IReadOnlyList<ClaimOutcome> Others)> CheckAsync(
        IEnumerable<TaskTarget> targets, CancellationToken cancellationToken)
    {
        var (open, refused) = await _checker.CheckAsync(targets, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ClaimOutcome> waiting = [];
        if (_pending is not null && open.Count > 0)
        {
            (var claimedAlready, waiting) = await _pending.FindAsync(open, cancellationToken).ConfigureAwait(false);
            open = [.. open.Except(claimedAlready)];
        }

        var (claimable, failing) = await _dryRun.RunAsync(open, cancellationToken).ConfigureAwait(false);
        _session.Diagnostics.Verbose($"The hub would accept {claimable.Count} of the claims.");
        return (claimable, [.. refused, .. waiting, .. failing]);
    }

    /// <summary>Estimates the cost of claiming tasks that passed <see cref="CheckAsync"/>.</summary>
    /// <exception cref="IExecException">FeeTooHigh, or the node failed.</exception>
    public async Task<ClaimQuote> QuoteAsync(IReadOnlyList<ClaimableTask> tasks, CancellationToken cancellationToken)
    {
        var batches = await _packer.PackAsync(tasks, cancellationToken).ConfigureAwait(false);
        var quote = new ClaimQuote(batches, await _fees.ReadAsync(_latest, cancellationToken).ConfigureAwait(false), _session.Connection.Currency);
        _session.Diagnostics.Verbose(quote.ToString());
        _limit.Require(quote.MaximumCost, $"{quote.Subject}, which refunds {quote.Refund},");
        return quote;
    }

    /// <summary>Claims quoted tasks, at the fee of the quote.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="account">The sender of the transactions.</param>
    /// <param name="tracker">Waits for the transactions.</param>
    /// <param name="cancellationToken">Cancels the work; transactions that were sent are not undone.</param>
    public IAsyncEnumerable<ClaimOutcome> ClaimAsync(
        IReadOnlyList<ClaimableTask> tasks, ITransactionAccount account, TransactionTracker tracker, CancellationToken cancellationToken) =>
        new ClaimRun(_session, _packer, _diagnosis, new TransactionSender(_session, account, _fees, _limit, tracker)).RunAsync(tasks, cancellationToken);

    /// <summary>Prepares the transactions of a quote, for someone else to sign.</summary>
    /// <param name="quote">The quote.</param>
    /// <param name="from">The account that will sign.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async IAsyncEnumerable<IExecUnsignedTransaction> DraftAsync(
        ClaimQuote quote, Address from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var drafts = new TransactionDrafts(_session, from, _fees);
        var nonce = await drafts.ReadNonceAsync(cancellationToken).ConfigureAwait(false);
        foreach (var batch in quote.Batches)
        {
            var gasLimit = batch.GasLimit ?? throw ClaimDiagnosis.Refused(batch.Tasks[0], batch.Refusal);
            yield return Describe(
                await drafts.DraftAsync(_session.Hub.Address, ClaimCalls.Encode(batch.Tasks), gasLimit, nonce++, _latest, cancellationToken).ConfigureAwait(false), from, batch.Tasks);
        }
    }

    private static IExecUnsignedTransaction Describe(UnsignedTransaction transaction, Address from, IReadOnlyList<ClaimableTask> tasks) => new()
    {
        ChainId = transaction.ChainId,
        From = from.ToString(),
        To = transaction.To.ToString(),
        Value = transaction.Value,
        Data = Hex.Encode(transaction.Data.Span),
        Nonce = (long)transaction.Nonce,
        Gas = (long)transaction.GasLimit,
        GasPrice = transaction.Fee.MaxPriorityPerGas is null ? transaction.Fee.MaxPerGas : null,
        MaxFeePerGas = transaction.Fee.MaxPriorityPerGas is null ? null : transaction.Fee.MaxPerGas,
        MaxPriorityFeePerGas = transaction.Fee.MaxPriorityPerGas,
        SigningPayload = Hex.Encode(transaction.SigningPayload()),
        SigningHash = transaction.SigningHash().ToString(),
        TaskId = [.. tasks.Select(task => task.Id.ToString())],
        RefundRlc = tasks.Sum(task => task.RefundRlc),
    };
}
