using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Transactions;

/// <summary>An account whose key the node holds.</summary>
internal sealed class NodeAccount(Address address, JsonRpcClient rpc) : ITransactionAccount
{
    public Address Address => address;

    public OutgoingTransaction Prepare(UnsignedTransaction transaction) => new Requested(address, transaction, rpc);

    /// <summary>The nonce is set, so that a request that the node executes twice results in one transaction only.</summary>
    private sealed class Requested(Address address, UnsignedTransaction transaction, JsonRpcClient rpc) : OutgoingTransaction(transaction)
    {
        private Bytes32? _hash;

        public override Bytes32? Hash => _hash;

        public override bool MayRepeat => false;

        public override async Task SendAsync(CancellationToken cancellationToken)
        {
            var request = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["from"] = address,
                ["to"] = Transaction.To,
                ["value"] = Transaction.Value,
                ["data"] = Transaction.Data,
                ["gas"] = Transaction.GasLimit,
                ["nonce"] = Transaction.Nonce,
            };
            if (Transaction.Fee.MaxPriorityPerGas is { } priority)
                (request["maxFeePerGas"], request["maxPriorityFeePerGas"]) = (Transaction.Fee.MaxPerGas, priority);
            else
                request["gasPrice"] = Transaction.Fee.MaxPerGas;
            _hash = (await rpc.SendAsync(new RpcRequest("eth_sendTransaction", request), cancellationToken).ConfigureAwait(false)).GetBytes32();
        }
    }
}
