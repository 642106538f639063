using System;
using System.Numerics;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.Ethereum;

/// <summary>A call of a contract, complete but for its signature: an EIP-1559 transaction, or one of the older form with the replay protection of EIP-155.</summary>
/// <param name="ChainId">The chain that it is for.</param>
/// <param name="Nonce">How many transactions of the account come before it.</param>
/// <param name="Fee">What it pays for gas, which also decides its form.</param>
/// <param name="GasLimit">The most gas it may use.</param>
/// <param name="To">The contract.</param>
/// <param name="Value">The wei that go with it.</param>
/// <param name="Data">The calldata.</param>
internal sealed record UnsignedTransaction(long ChainId, BigInteger Nonce, TransactionFee Fee, BigInteger GasLimit, Address To, BigInteger Value, ReadOnlyMemory<byte> Data)
{
    /// <summary>The most that it can cost, in wei.</summary>
    public BigInteger MaximumCost => (GasLimit * Fee.MaxPerGas) + Value;

    /// <summary>The bytes whose Keccak-256 is signed.</summary>
    public byte[] SigningPayload() => Encodable().SigningPayload();

    /// <summary>What is signed.</summary>
    public Bytes32 SigningHash() => new(Encodable().SigningHash());

    /// <summary>Puts the signature in.</summary>
    public SignedTransaction With(RecoverableSignature signature) => new(Encodable().Sign(signature));

    private ContractTransaction Encodable() => new(ChainId, Nonce, Fee.MaxPerGas, Fee.MaxPriorityPerGas, GasLimit, To.ToArray(), Value, Data.ToArray());
}
