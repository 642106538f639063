using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>A transaction that is being sent.</summary>
internal abstract class OutgoingTransaction(UnsignedTransaction transaction)
{
    /// <summary>The transaction.</summary>
    public UnsignedTransaction Transaction => transaction;

    /// <summary>Its hash; null if the node signs it, until the node returns it.</summary>
    public abstract Bytes32? Hash { get; }

    /// <summary>Whether sending it again sends the same bytes.</summary>
    public abstract bool MayRepeat { get; }

    /// <summary>Sends it to a node.</summary>
    public abstract Task SendAsync(CancellationToken cancellationToken);

    /// <summary>Its hash, or else its nonce.</summary>
    public override string ToString() => Hash?.ToString() ?? $"with nonce {transaction.Nonce}, whose hash only the node knows,";
}
