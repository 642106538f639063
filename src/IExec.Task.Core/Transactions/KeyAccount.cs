using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Transactions;

/// <summary>An account whose key signs on this machine.</summary>
internal sealed class KeyAccount(ISigner signer, JsonRpcClient rpc) : ITransactionAccount
{
    public Address Address => signer.Address;

    public OutgoingTransaction Prepare(UnsignedTransaction transaction) => new Signed(transaction, transaction.With(signer.Sign(transaction.SigningHash())), rpc);

    private sealed class Signed(UnsignedTransaction transaction, SignedTransaction signed, JsonRpcClient rpc) : OutgoingTransaction(transaction)
    {
        public override Bytes32? Hash => signed.Hash;

        public override bool MayRepeat => true;

        public override async Task SendAsync(CancellationToken cancellationToken)
        {
            var taken = (await rpc.SendAsync(new RpcRequest("eth_sendRawTransaction", signed.Raw), cancellationToken).ConfigureAwait(false)).GetBytes32();
            if (taken != signed.Hash)
                throw new IExecException(IExecErrorId.RpcError, $"The RPC node returned the hash {taken} for transaction {signed.Hash}.");
        }
    }
}
