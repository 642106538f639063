using System.Numerics;

namespace IExec.Tasks;

/// <summary>A transaction without its signature, for a hardware wallet, a key vault or a multi-signature wallet to sign and send.</summary>
public sealed class IExecUnsignedTransaction
{
    internal IExecUnsignedTransaction()
    {
    }

    /// <summary>The chain's id (EIP-155).</summary>
    public long ChainId { get; internal init; }

    /// <summary>The sender (EIP-55), on whom nonce and gas depend.</summary>
    public string From { get; internal init; } = "";

    /// <summary>The hub (EIP-55).</summary>
    public string To { get; internal init; } = "";

    /// <summary>The amount to send, in wei: zero.</summary>
    public BigInteger Value { get; internal init; }

    /// <summary>The calldata, as hex.</summary>
    public string Data { get; internal init; } = "0x";

    /// <summary>The nonce.</summary>
    public long Nonce { get; internal init; }

    /// <summary>The gas limit.</summary>
    public long Gas { get; internal init; }

    /// <summary>The type: 2 (EIP-1559), or 0 for a legacy transaction.</summary>
    public int Type => MaxFeePerGas is null ? 0 : 2;

    /// <summary>The gas price in wei of a legacy transaction; null on type 2.</summary>
    public BigInteger? GasPrice { get; internal init; }

    /// <summary>The maximum fee in wei per gas; null on type 0.</summary>
    public BigInteger? MaxFeePerGas { get; internal init; }

    /// <summary>The maximum priority fee in wei per gas; null on type 0.</summary>
    public BigInteger? MaxPriorityFeePerGas { get; internal init; }

    /// <summary>The bytes to sign, as hex: the transaction without its signature, RLP-encoded.</summary>
    public string SigningPayload { get; internal init; } = "0x";

    /// <summary>The Keccak-256 of <see cref="SigningPayload"/>: what an ECDSA key on secp256k1 signs.</summary>
    public string SigningHash { get; internal init; } = "";

    /// <summary>The ids of the tasks that it claims.</summary>
    public string[] TaskId { get; internal init; } = [];

    /// <summary>The refund, in RLC.</summary>
    public decimal RefundRlc { get; internal init; }

    /// <summary>The hash to sign.</summary>
    public override string ToString() => SigningHash;
}
