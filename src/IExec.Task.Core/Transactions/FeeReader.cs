using System;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Transactions;

/// <summary>
/// Determines the fee of a command's transactions: the user's, or else twice the base fee plus the median priority fee of the latest blocks'
/// transactions. A node's suggestion is used only if there are none, and up to a limit.
/// </summary>
internal sealed class FeeReader(IExecSession session, FeeWish wish)
{
    private TransactionFee? _quote;

    /// <summary>Whether the user set the maximum fee.</summary>
    public bool IsUsersOwn => wish.HasMost;

    /// <summary>Whether the user agreed to the fee: then it must not rise.</summary>
    public bool IsAgreed { get; set; }

    /// <summary>The command's fee: determined once, and again only when it no longer covers the base fee.</summary>
    /// <param name="latest">The latest block.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    /// <exception cref="IExecException">RpcError: the fee is below the base fee, or the node returns none. FeeTooHigh: it would exceed what the user agreed to.</exception>
    public async Task<TransactionFee> ReadAsync(BlockHeader latest, CancellationToken cancellationToken)
    {
        if (_quote is { } quote && !(latest.BaseFeePerGas > quote.MaxPerGas))
            return quote;
        var fee = await ChooseAsync(latest.BaseFeePerGas, cancellationToken).ConfigureAwait(false);
        if (latest.BaseFeePerGas is { } baseFee && fee.MaxPerGas < baseFee)
            throw Underpriced($"A fee of {fee} is below the chain's base fee, {TransactionFee.Gwei(baseFee)} gwei: no block would include the transaction.");
        if (IsAgreed && fee.MaxPerGas > _quote?.MaxPerGas)
        {
            throw new IExecException(
                IExecErrorId.FeeTooHigh,
                $"The chain's base fee rose above the fee that you agreed to, {_quote}. It would be {fee} now; nothing was sent for it.",
                "Claim again: the prompt will show the new cost.");
        }

        return _quote = fee;
    }

    /// <summary>The error for a fee that is too low.</summary>
    public static IExecException Underpriced(string message, Exception? inner = null) =>
        new(IExecErrorId.RpcError, message, "Raise -MaxFeePerGas and -MaxPriorityFeePerGas (or -GasPrice), or omit them to pay what others pay.", inner);

    private async Task<TransactionFee> ChooseAsync(BigInteger? baseFee, CancellationToken cancellationToken)
    {
        if (wish.GasPrice is { } gasPrice)
            return TransactionFee.Legacy(gasPrice);
        if (session.Connection.IsGasFree && wish.IsNone)
            return TransactionFee.Legacy(BigInteger.Zero);
        if (baseFee is null)
            return TransactionFee.Legacy(wish.MaxFeePerGas ?? await ReadGasPriceAsync(cancellationToken).ConfigureAwait(false));
        var priority = wish.MaxPriorityFeePerGas ?? await ReadPriorityAsync(baseFee.Value, cancellationToken).ConfigureAwait(false);
        var max = wish.MaxFeePerGas ?? (2 * baseFee.Value) + priority;
        return new TransactionFee(max, BigInteger.Min(priority, max));
    }

    private async Task<BigInteger> ReadPriorityAsync(BigInteger baseFee, CancellationToken cancellationToken)
    {
        if (await ReadPaidAsync(cancellationToken).ConfigureAwait(false) is { } paid)
            return paid;
        try
        {
            return Bound(await SuggestAsync("eth_maxPriorityFeePerGas", cancellationToken).ConfigureAwait(false), baseFee, "the base fee");
        }
        catch (RpcException exception) when (!exception.IsRateLimit)
        {
            throw new IExecException(IExecErrorId.RpcError, $"The RPC node returns no priority fee: {exception.NodeMessage}.", "Set it with -MaxPriorityFeePerGas.", exception);
        }
    }

    /// <summary>A chain without base fees: the gas price is the whole fee.</summary>
    private async Task<BigInteger> ReadGasPriceAsync(CancellationToken cancellationToken) => Bound(
        await SuggestAsync("eth_gasPrice", cancellationToken).ConfigureAwait(false),
        2 * (await ReadPaidAsync(cancellationToken).ConfigureAwait(false) ?? BigInteger.Zero),
        "twice what the latest blocks' transactions paid");

    /// <returns>Null when the node does not return it.</returns>
    private async Task<BigInteger?> ReadPaidAsync(CancellationToken cancellationToken)
    {
        const string Fallback = "Using the fee that it suggests.";
        try
        {
            var paid = FeeHistory.ReadMedian(await session.Rpc.SendAsync(FeeHistory.Get, cancellationToken).ConfigureAwait(false));
            if (paid is null)
                session.Diagnostics.Verbose($"The node's latest blocks have no transactions whose fee could be taken. {Fallback}");
            return paid;
        }
        catch (IExecException exception) when (exception is RpcException or { ErrorId: IExecErrorId.RpcError })
        {
            session.Diagnostics.Verbose($"The node does not report what recent transactions paid: {exception.Message} {Fallback}");
            return null;
        }
    }

    private async Task<BigInteger> SuggestAsync(string method, CancellationToken cancellationToken) =>
        (await session.Rpc.SendAsync(new RpcRequest(method), cancellationToken).ConfigureAwait(false)).GetQuantity();

    /// <summary>A limit of zero means that there is no fee to compare with.</summary>
    private BigInteger Bound(BigInteger suggestion, BigInteger bound, string what)
    {
        if (bound.IsZero || suggestion <= bound)
            return suggestion;
        session.Diagnostics.Verbose($"The node suggests {TransactionFee.Gwei(suggestion)} gwei per gas; using {what} instead, {TransactionFee.Gwei(bound)} gwei.");
        return bound;
    }
}
