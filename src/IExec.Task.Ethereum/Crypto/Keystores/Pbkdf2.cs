using System;
using System.Buffers.Binary;
using System.Threading;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace IExec.Tasks.Crypto.Keystores;

/// <summary>PBKDF2 with HMAC-SHA-256 (RFC 8018, 5.2). BouncyCastle has it too, but cannot be interrupted.</summary>
internal static class Pbkdf2
{
    private const int HashLength = 32;
    private const int IterationsBetweenChecks = 4096;

    public static SecretBytes Derive(SecretBytes password, byte[] salt, int iterations, int length, CancellationToken cancellationToken)
    {
        var hmac = new HMac(new Sha256Digest());
        hmac.Init(new KeyParameter(password.Bytes));
        var derived = new SecretBytes(length);
        using var chain = new SecretBytes(HashLength);
        using var sum = new SecretBytes(HashLength);
        var index = new byte[sizeof(int)];

        for (var offset = 0; offset < length; offset += HashLength)
        {
            BinaryPrimitives.WriteInt32BigEndian(index, (offset / HashLength) + 1);
            hmac.BlockUpdate(salt, 0, salt.Length);
            hmac.BlockUpdate(index, 0, index.Length);
            hmac.DoFinal(chain.Bytes, 0);
            Buffer.BlockCopy(chain.Bytes, 0, sum.Bytes, 0, HashLength);
            Iterate(hmac, chain.Bytes, sum.Bytes, iterations - 1, cancellationToken);
            Buffer.BlockCopy(sum.Bytes, 0, derived.Bytes, offset, Math.Min(HashLength, length - offset));
        }

        return derived;
    }

    private static void Iterate(HMac hmac, byte[] chain, byte[] sum, int iterations, CancellationToken cancellationToken)
    {
        for (var i = 0; i < iterations; i++)
        {
            if (i % IterationsBetweenChecks == 0)
                cancellationToken.ThrowIfCancellationRequested();

            hmac.BlockUpdate(chain, 0, HashLength);
            hmac.DoFinal(chain, 0);
            for (var j = 0; j < HashLength; j++)
                sum[j] ^= chain[j];
        }
    }
}
