using System;
using System.Numerics;
using IExec.Tasks.Crypto;
using Nethereum.Hex.HexConvertors.Extensions;
using Nethereum.Model;
using Nethereum.RLP;

namespace IExec.Tasks.Ethereum;

/// <summary>
/// A transaction that calls a contract: EIP-1559, or legacy with the replay protection of EIP-155.
/// </summary>
public sealed class ContractTransaction
{
    private const int AddressLength = 20;

    private readonly BigInteger _chainId;
    private readonly SignedTransaction _transaction;

    /// <summary>Creates a transaction; numbers are unsigned and of 256 bits at most.</summary>
    /// <param name="chainId">The chain that it is for.</param>
    /// <param name="nonce">The nonce.</param>
    /// <param name="maxFeePerGas">The maximum fee in wei per gas; for a legacy transaction, the gas price.</param>
    /// <param name="maxPriorityFeePerGas">The maximum priority fee; null for a legacy transaction.</param>
    /// <param name="gasLimit">The gas limit.</param>
    /// <param name="to">The contract: 20 bytes.</param>
    /// <param name="value">The amount to send, in wei.</param>
    /// <param name="data">The calldata.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or too large, or the address is not 20 bytes.</exception>
    public ContractTransaction(
        BigInteger chainId, BigInteger nonce, BigInteger maxFeePerGas, BigInteger? maxPriorityFeePerGas, BigInteger gasLimit, byte[] to, BigInteger value, byte[] data)
    {
        foreach (var number in new[] { chainId, nonce, maxFeePerGas, maxPriorityFeePerGas ?? BigInteger.Zero, gasLimit, value })
        {
            if (number.Sign < 0 || number >= BigInteger.One << 256)
                throw new ArgumentOutOfRangeException(nameof(chainId), number, "A transaction's numbers are unsigned and of 256 bits at most.");
        }

        if (to.Length != AddressLength)
            throw new ArgumentOutOfRangeException(nameof(to), "An address is 20 bytes.");

        _chainId = chainId;
        var (address, calldata) = (to.ToHex(prefix: true), data.ToHex(prefix: true));
        _transaction = maxPriorityFeePerGas is { } priority
            ? new Transaction1559(chainId, nonce, priority, maxFeePerGas, gasLimit, address, value, calldata, accessList: null)
            : new LegacyTransactionChainId(address, value, nonce, maxFeePerGas, gasLimit, calldata, chainId);
    }

    /// <summary>The bytes whose Keccak-256 is signed.</summary>
    public byte[] SigningPayload() => _transaction.GetRLPEncodedRaw();

    /// <summary>The hash that is signed: 32 bytes.</summary>
    public byte[] SigningHash() => _transaction.RawHash;

    /// <summary>The signed transaction, as it is sent.</summary>
    /// <param name="signature">The signature of <see cref="SigningHash"/>.</param>
    public byte[] Sign(RecoverableSignature signature)
    {
        var v = _transaction is Transaction1559 ? signature.RecoveryId : VRecoveryAndChainCalculations.CalculateV(_chainId, signature.RecoveryId);
        _transaction.SetSignature(new Signature(signature.R, signature.S, v.ToBytesForRLPEncoding()));
        return _transaction.GetRLPEncoded();
    }
}
