using System;
using System.Linq;
using System.Text;
using ADRaffy.ENSNormalize;
using Nethereum.Util;

namespace IExec.Tasks.Ethereum;

/// <summary>Names of the Ethereum Name Service.</summary>
public static class EnsName
{
    /// <summary>DNS's limit, which no name of the registry exceeds.</summary>
    public const int MaxLength = 255;

    private const int HashLength = 32;

    /// <summary>
    /// The node of a name such as <c>pool.pools.iexec.eth</c> (EIP-137), after normalisation by ENSIP-15; the empty name is the root.
    /// </summary>
    /// <param name="name">The name, which may be untrusted.</param>
    /// <returns>32 bytes; null for an invalid name: too long, with an empty label, or rejected by ENSIP-15, such as a mixture of similar-looking scripts.</returns>
    public static byte[]? TryHash(string name)
    {
        if (name.Length > MaxLength || TryNormalize(name) is not { } normalized)
            return null;

        var node = new byte[HashLength];
        foreach (var label in Enumerable.Reverse(normalized.Split(['.'], StringSplitOptions.RemoveEmptyEntries)))
            node = Keccak([.. node, .. Keccak(Encoding.UTF8.GetBytes(label))]);
        return node;
    }

    private static byte[] Keccak(byte[] data) => Sha3Keccack.Current.CalculateHash(data);

    private static string? TryNormalize(string name)
    {
        try
        {
            return IsNormalized(name) ? name : ENSNormalize.ENSIP15.Normalize(name);
        }
        catch (InvalidLabelException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether a name is plain ASCII that normalisation would not change. Almost all are, and the tables of ENSIP-15 take a quarter of a second to
    /// load. Underscores and consecutive hyphens have special rules, so names with them use the tables.
    /// </summary>
    private static bool IsNormalized(string name) =>
        name.All(static character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.')
        && name.IndexOf("--", StringComparison.Ordinal) < 0
        && (name.Length == 0 || name.Split('.').All(static label => label.Length > 0));
}
