using System;
using Nethereum.Util;

namespace IExec.Tasks.Crypto;

/// <summary>Addresses of public keys.</summary>
internal static class PublicKeys
{
    private const int AddressLength = 20;

    /// <summary>The last 20 bytes of the Keccak-256 of x ‖ y.</summary>
    /// <param name="encoded">The uncompressed form: 0x04 ‖ x ‖ y, 65 bytes.</param>
    public static byte[] AddressOf(byte[] encoded)
    {
        var hash = Sha3Keccack.Current.CalculateHash(encoded.AsSpan(1).ToArray());
        return hash.AsSpan(hash.Length - AddressLength).ToArray();
    }
}
