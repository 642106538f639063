using Org.BouncyCastle.Crypto.Digests;

namespace IExec.Tasks.Crypto;

/// <summary>Keccak-256 as Ethereum uses it: the padding of the competition's winner, not the one of SHA-3.</summary>
internal static class Keccak256
{
    public static byte[] Hash(byte[] input) => Hash(input, 0, input.Length);

    public static byte[] Hash(byte[] input, int offset, int length)
    {
        var keccak = new KeccakDigest(256);
        keccak.BlockUpdate(input, offset, length);
        var hash = new byte[32];
        keccak.DoFinal(hash, 0);
        return hash;
    }
}
