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
    private const byte FeeMarketType = 2;

    /// <summary>What EIP-155 adds to a recovery id, beside twice the chain's id.</summary>
    private const int ReplayProtection = 35;

    /// <summary>The most that it can cost, in wei.</summary>
    public BigInteger MaximumCost => (GasLimit * Fee.MaxPerGas) + Value;

    /// <summary>The bytes whose Keccak-256 is signed.</summary>
    public byte[] SigningPayload() => Fee.MaxPriorityPerGas is { } priority
        ? Typed(FeeMarketFields(priority))
        : Rlp.List([.. LegacyFields(), Rlp.Item(ChainId), Rlp.Item(BigInteger.Zero), Rlp.Item(BigInteger.Zero)]);

    /// <summary>What is signed.</summary>
    public Bytes32 SigningHash() => Bytes32.Keccak(SigningPayload());

    /// <summary>Puts the signature in.</summary>
    public SignedTransaction With(RecoverableSignature signature)
    {
        var (r, s) = (Rlp.Item(UInt256.FromBigEndian(signature.R)), Rlp.Item(UInt256.FromBigEndian(signature.S)));
        return new SignedTransaction(Fee.MaxPriorityPerGas is { } priority
            ? Typed([.. FeeMarketFields(priority), Rlp.Item(signature.RecoveryId), r, s])
            : Rlp.List([.. LegacyFields(), Rlp.Item(((BigInteger)ChainId * 2) + ReplayProtection + signature.RecoveryId), r, s]));
    }

    private byte[][] LegacyFields() =>
        [Rlp.Item(Nonce), Rlp.Item(Fee.MaxPerGas), Rlp.Item(GasLimit), Rlp.Item(To), Rlp.Item(Value), Rlp.Item(Data.Span)];

    /// <summary>The last of them is the access list, which is empty.</summary>
    private byte[][] FeeMarketFields(BigInteger priority) =>
        [Rlp.Item(ChainId), Rlp.Item(Nonce), Rlp.Item(priority), Rlp.Item(Fee.MaxPerGas), Rlp.Item(GasLimit), Rlp.Item(To), Rlp.Item(Value), Rlp.Item(Data.Span), Rlp.List()];

    private static byte[] Typed(byte[][] fields) => [FeeMarketType, .. Rlp.List(fields)];
}
