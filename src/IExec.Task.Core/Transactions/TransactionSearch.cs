using System.Linq;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Transactions;

/// <summary>
/// Looks for a transaction, once per call: by its hash, or by its sender and nonce where the hash is not known or has been
/// replaced. A transaction that no node knows any more is sent again, with the same bytes.
/// </summary>
internal sealed class TransactionSearch(IExecSession session, Address account, OutgoingTransaction outgoing, BigInteger sinceBlock)
{
    /// <summary>Nodes behind one URL are not always at the same block, so one search does not prove that a transaction is missing.</summary>
    private const int LooksUntilCertain = 3;

    private const int MaxBlocksPerPoll = 100;

    private BigInteger _nextBlock = sinceBlock + 1;
    private Bytes32? _replacement;
    private int _looksAmongWaiting;
    private int _looksInBlocks;

    /// <summary>The status after the last search, as a part of a sentence.</summary>
    public string Standing { get; private set; } = "it was sent";

    /// <summary>The transaction's hash, or else its nonce.</summary>
    public override string ToString() => _replacement?.ToString() ?? outgoing.ToString();

    private Bytes32? Hash => _replacement ?? outgoing.Hash;

    /// <summary>Searches once.</summary>
    /// <returns>The receipt; null when there is none yet.</returns>
    /// <exception cref="IExecException">ClaimNotConfirmed: another transaction used its nonce, so that it can never be included. Or the node failed.</exception>
    public async Task<TransactionReceipt?> FindReceiptAsync(CancellationToken cancellationToken)
    {
        if (Hash is { } hash && TransactionReceipt.Read(await session.Rpc.SendAsync(TransactionReceipt.Get(hash), cancellationToken).ConfigureAwait(false), hash) is { } receipt)
            return receipt;

        var next = await session.Rpc.SendAsync(new RpcRequest("eth_getTransactionCount", account, "latest"), cancellationToken).ConfigureAwait(false);
        if (next.GetQuantity() > outgoing.Transaction.Nonce)
            await LookInBlocksAsync(cancellationToken).ConfigureAwait(false);
        else
            await LookAmongWaitingAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>The nonce is used: finds the transaction that used it.</summary>
    private async Task LookInBlocksAsync(CancellationToken cancellationToken)
    {
        Standing = "its nonce is used, but there is no receipt yet";
        var latest = BlockHeader.Read(await session.Rpc.SendAsync(BlockHeader.GetLatest, cancellationToken).ConfigureAwait(false)).Number;
        for (var looks = 0; _nextBlock <= latest && looks < MaxBlocksPerPoll; looks++, _nextBlock++)
        {
            var block = await session.Rpc.SendAsync(BlockTransactions.Get(_nextBlock), cancellationToken).ConfigureAwait(false);
            if (BlockTransactions.Read(block, _nextBlock) is not { } transactions)
                return; // from another node, which is behind
            if (transactions.FirstOrDefault(transaction => transaction.From == account && transaction.Nonce == outgoing.Transaction.Nonce) is not { } found)
                continue;
            Judge(found);
            _looksInBlocks = 0;
            return;
        }

        if (_nextBlock <= latest)
            return;
        _nextBlock = sinceBlock + 1;

        // The latest block and the nonce may come from different nodes: only when a searched block includes the nonce is the transaction known to be missing.
        var used = await session.Rpc.SendAsync(new RpcRequest("eth_getTransactionCount", account, latest), cancellationToken).ConfigureAwait(false);
        if (used.GetQuantity() > outgoing.Transaction.Nonce && ++_looksInBlocks >= LooksUntilCertain)
            throw Replaced(null);
    }

    /// <summary>The nonce is free: the transaction is pending, or was dropped.</summary>
    private async Task LookAmongWaitingAsync(CancellationToken cancellationToken)
    {
        var isKnown = Hash is { } hash
            && KnownTransaction.Read(await session.Rpc.SendAsync(KnownTransaction.Get(hash), cancellationToken).ConfigureAwait(false), hash) is not null;
        Standing = isKnown ? "it is pending" : "the node does not know it";
        _looksAmongWaiting = isKnown ? 0 : _looksAmongWaiting + 1;
        if (_looksAmongWaiting < LooksUntilCertain || !outgoing.MayRepeat)
            return;
        _looksAmongWaiting = 0;
        session.Diagnostics.Verbose($"The node does not know transaction {outgoing}; sending the same bytes again.");
        await outgoing.SendAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same call with another fee ("speed up" in wallets) counts as ours.</summary>
    private void Judge(KnownTransaction found)
    {
        if (found.Hash == Hash)
            return;
        if (!found.Makes(outgoing.Transaction))
            throw Replaced(found.Hash);
        if (Hash is not null)
            session.Diagnostics.Verbose($"Transaction {found.Hash} makes the same call with the same nonce and replaced {this}.");
        _replacement = found.Hash;
    }

    private IExecException Replaced(Bytes32? by) => new(
        IExecErrorId.ClaimNotConfirmed,
        $"Transaction {this} was replaced: {(by is null ? "another transaction" : $"transaction {by}")} of {account} used its nonce, {outgoing.Transaction.Nonce}, so it can never take effect.",
        "Nothing was claimed by it. Look at the tasks with Get-IExecTask, then claim again.");
}
