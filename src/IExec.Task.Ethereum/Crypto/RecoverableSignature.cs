using System;

namespace IExec.Tasks.Crypto;

/// <summary>An ECDSA signature on secp256k1 with a recovery id, from which the public key can be recovered.</summary>
public sealed class RecoverableSignature
{
    /// <summary>What Ethereum adds to the recovery id in a 65-byte signature ("yellow paper", appendix F).</summary>
    private const int RecoveryOffset = 27;

    private readonly byte[] _r;
    private readonly byte[] _s;

    /// <summary>Creates a signature. Only the lengths are checked, not that r and s are in range.</summary>
    /// <param name="r">32 bytes, big-endian.</param>
    /// <param name="s">32 bytes, big-endian.</param>
    /// <param name="recoveryId">0 or 1: the parity of the y coordinate of the nonce's point.</param>
    /// <exception cref="FormatException">Another length, or another recovery id.</exception>
    public RecoverableSignature(byte[] r, byte[] s, int recoveryId)
    {
        if (r.Length != 32 || s.Length != 32)
            throw new FormatException("The numbers r and s of a signature are 32 bytes each.");
        if (recoveryId is not (0 or 1))
            throw new FormatException("The recovery id of a signature is 0 or 1.");

        _r = (byte[])r.Clone();
        _s = (byte[])s.Clone();
        RecoveryId = recoveryId;
    }

    /// <summary>0 or 1; the "y parity" of typed transactions.</summary>
    public int RecoveryId { get; }

    /// <summary>The number r: 32 bytes, big-endian, a fresh copy.</summary>
    public byte[] R => (byte[])_r.Clone();

    /// <summary>The number s: 32 bytes, big-endian, a fresh copy.</summary>
    public byte[] S => (byte[])_s.Clone();

    /// <summary>Reads r ‖ s ‖ v.</summary>
    /// <param name="signature">65 bytes; v is 27 or 28, or 0 or 1.</param>
    /// <exception cref="FormatException">Another length or another v.</exception>
    public static RecoverableSignature FromBytes(byte[] signature)
    {
        if (signature.Length != 65)
            throw new FormatException("A signature with its recovery id is 65 bytes.");

        var v = signature[64];
        return new RecoverableSignature(Slice(signature, 0), Slice(signature, 32), v >= RecoveryOffset ? v - RecoveryOffset : v);
    }

    /// <summary>r ‖ s ‖ v, 65 bytes, with v = 27 + recovery id, as wallets write signatures of messages.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[65];
        _r.CopyTo(bytes, 0);
        _s.CopyTo(bytes, 32);
        bytes[64] = (byte)(RecoveryOffset + RecoveryId);
        return bytes;
    }

    private static byte[] Slice(byte[] bytes, int offset) => bytes.AsSpan(offset, 32).ToArray();
}
