using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>Reads the events of transactions from their receipts.</summary>
internal sealed class ReceiptLogs(RpcBatches batches)
{
    /// <summary>Reads the matching events, in the order of the transactions.</summary>
    /// <param name="transactions">The transactions. One that is no longer in a block, because the chain was reorganised, has no events.</param>
    /// <param name="find">Decodes an event; null for one to skip. Throws AbiFormatException for a malformed one.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="IExecException">RpcError: a receipt is malformed or that of another transaction; RpcUnavailable, RateLimited.</exception>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(IReadOnlyList<Bytes32> transactions, Func<JsonElement, T?> find, CancellationToken cancellationToken)
        where T : class
    {
        var replies = await batches.SendAsync([.. transactions.Select(TransactionReceipt.Get)], cancellationToken).ConfigureAwait(false);
        var found = new List<T>();
        for (var i = 0; i < replies.Count; i++)
        {
            if (TransactionReceipt.Read(replies[i], transactions[i]) is null)
                continue;
            try
            {
                found.AddRange(replies[i].GetJson().GetProperty("logs").EnumerateArray().Select(find).OfType<T>());
            }
            catch (AbiFormatException exception)
            {
                throw LogPage.Unreadable("eth_getTransactionReceipt", exception);
            }
        }

        return found;
    }
}
