using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>A transaction on its way to the chain.</summary>
internal abstract class OutgoingTransaction(UnsignedTransaction transaction)
{
    /// <summary>What it says.</summary>
    public UnsignedTransaction Transaction => transaction;

    /// <summary>Its hash; null as long as only the node that signs it knows it.</summary>
    public abstract Bytes32? Hash { get; }

    /// <summary>Whether sending it again sends the same transaction, byte for byte.</summary>
    public abstract bool MayRepeat { get; }

    /// <summary>Hands it to a node.</summary>
    public abstract Task SendAsync(CancellationToken cancellationToken);

    /// <summary>Its hash, or what is known of it instead.</summary>
    public override string ToString() => Hash?.ToString() ?? $"with nonce {transaction.Nonce}, whose hash only the node knows,";
}
