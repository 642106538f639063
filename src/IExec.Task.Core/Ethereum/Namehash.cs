using System;
using System.Text;

namespace IExec.Tasks.Ethereum;

/// <summary>
/// The node of an ENS name (EIP-137): labels are hashed from the right, <c>node(label.rest) = keccak(node(rest) ‖ keccak(label))</c>.
/// Only names that every normalisation leaves as they are have a node here: lower-case ASCII letters, digits, '-' and '_'.
/// iExec's pools have such names, and a name that needs the Unicode tables of ENSIP-15 is refused rather than guessed.
/// </summary>
internal static class Namehash
{
    /// <summary>DNS's limit, which no name of the registry exceeds.</summary>
    private const int LongestName = 255;

    /// <summary>Computes the node of a name such as <c>pool.pools.iexec.eth</c>; the empty name is the root.</summary>
    /// <returns>False when the name is not plain lower-case ASCII, or has an empty label.</returns>
    public static bool TryCompute(string name, out Bytes32 node)
    {
        node = default;
        if (name.Length > LongestName) return false;

        Span<byte> nodeAndLabel = stackalloc byte[2 * Bytes32.Size];
        nodeAndLabel.Clear();
        for (var end = name.Length; end > 0;)
        {
            var start = name.LastIndexOf('.', end - 1) + 1;
            var label = name.Substring(start, end - start);
            if (start == 1 || !IsPlain(label)) return false;
            Keccak256.Hash(Encoding.ASCII.GetBytes(label), nodeAndLabel.Slice(Bytes32.Size));
            Keccak256.Hash(nodeAndLabel, nodeAndLabel);
            end = start - 1;
        }

        node = new Bytes32(nodeAndLabel.Slice(0, Bytes32.Size));
        return true;
    }

    private static bool IsPlain(string label)
    {
        foreach (var character in label)
        {
            if (character is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_')) return false;
        }

        return label.Length > 0;
    }
}
