using System;
using System.Buffers.Binary;
using System.Text;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Workerpools;

/// <summary>
/// The challenge that a requester signs to read logs: EIP-712 typed data of the domain <c>iExec Core</c>, version 1, with one struct of one string
/// (iexec-commons-poco, <c>EIP712Challenge</c>). Everything but the string is a constant of the module, so that the signature cannot be used for
/// anything else.
/// </summary>
/// <param name="Text">The challenge string, the only thing that the scheduler chooses.</param>
/// <param name="ChainId">The connection's chain.</param>
internal readonly record struct LogChallenge(string Text, long ChainId)
{
    public const string DomainName = "iExec Core";
    public const string DomainVersion = "1";

    private static readonly Bytes32 DomainType = Hash("EIP712Domain(string name,string version,uint256 chainId)");
    private static readonly Bytes32 ChallengeType = Hash("Challenge(string challenge)");

    /// <summary>The digest to sign, computed by Nethereum, and only if it equals the one computed from the constants here.</summary>
    /// <exception cref="IExecException">ChallengeRejected: they differ, which should never happen.</exception>
    public Bytes32 Digest()
    {
        var digest = new Bytes32(ChallengeTypedData.Digest(DomainName, DomainVersion, ChainId, Text));
        return digest == OwnDigest()
            ? digest
            : throw new IExecException(IExecErrorId.ChallengeRejected, "The two ways to compute the digest of the log challenge disagree. Nothing was signed.");
    }

    /// <summary><c>keccak(0x1901 ‖ domain separator ‖ struct hash)</c>.</summary>
    private Bytes32 OwnDigest()
    {
        Span<byte> data = stackalloc byte[2 + (2 * Bytes32.Size)];
        data[0] = 0x19;
        data[1] = 0x01;
        DomainSeparator().CopyTo(data.Slice(2));
        StructHash().CopyTo(data.Slice(2 + Bytes32.Size));
        return Bytes32.Keccak(data);
    }

    private Bytes32 DomainSeparator()
    {
        Span<byte> data = stackalloc byte[4 * Bytes32.Size];
        data.Clear();
        DomainType.CopyTo(data);
        Hash(DomainName).CopyTo(data.Slice(Bytes32.Size));
        Hash(DomainVersion).CopyTo(data.Slice(2 * Bytes32.Size));
        BinaryPrimitives.WriteInt64BigEndian(data.Slice((4 * Bytes32.Size) - sizeof(long)), ChainId);
        return Bytes32.Keccak(data);
    }

    private Bytes32 StructHash()
    {
        Span<byte> data = stackalloc byte[2 * Bytes32.Size];
        ChallengeType.CopyTo(data);
        Hash(Text).CopyTo(data.Slice(Bytes32.Size));
        return Bytes32.Keccak(data);
    }

    private static Bytes32 Hash(string text) => Bytes32.Keccak(Encoding.UTF8.GetBytes(text));
}
