using System;
using System.Numerics;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.Ethereum;

/// <summary>An unsigned transaction that calls a contract: EIP-1559, or legacy with the replay protection of EIP-155.</summary>
/// <param name="ChainId">The chain that it is for.</param>
/// <param name="Nonce">The nonce.</param>
/// <param name="Fee">Its fee, which also determines its type.</param>
/// <param name="GasLimit">The gas limit.</param>
/// <param name="To">The contract.</param>
/// <param name="Value">The amount to send, in wei.</param>
/// <param name="Data">The calldata.</param>
internal sealed record UnsignedTransaction(long ChainId, BigInteger Nonce, TransactionFee Fee, BigInteger GasLimit, Address To, BigInteger Value, ReadOnlyMemory<byte> Data)
{
    /// <summary>The maximum cost, in wei.</summary>
    public BigInteger MaximumCost => (GasLimit * Fee.MaxPerGas) + Value;

    /// <summary>The bytes whose Keccak-256 is signed.</summary>
    public byte[] SigningPayload() => Encodable().SigningPayload();

    /// <summary>The hash that is signed.</summary>
    public Bytes32 SigningHash() => new(Encodable().SigningHash());

    /// <summary>Adds the signature.</summary>
    public SignedTransaction With(RecoverableSignature signature) => new(Encodable().Sign(signature));

    private ContractTransaction Encodable() => new(ChainId, Nonce, Fee.MaxPerGas, Fee.MaxPriorityPerGas, GasLimit, To.ToArray(), Value, Data.ToArray());
}
