using System.Numerics;
using Nethereum.ABI.EIP712;
using Nethereum.ABI.FunctionEncoding.Attributes;

namespace IExec.Tasks.Ethereum;

/// <summary>EIP-712 typed data with one struct of one string, <c>Challenge(string challenge)</c>, in a domain of name, version and chain.</summary>
public static class ChallengeTypedData
{
    /// <summary>The digest to sign.</summary>
    /// <param name="domainName">The domain's name.</param>
    /// <param name="domainVersion">The domain's version.</param>
    /// <param name="chainId">The domain's chain.</param>
    /// <param name="challenge">The struct's string.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Digest(string domainName, string domainVersion, BigInteger chainId, string challenge)
    {
        var typedData = new TypedData<DomainWithNameVersionAndChainId>
        {
            Domain = new DomainWithNameVersionAndChainId { Name = domainName, Version = domainVersion, ChainId = chainId },
            Types = MemberDescriptionFactory.GetTypesMemberDescription(typeof(DomainWithNameVersionAndChainId), typeof(Challenge)),
            PrimaryType = nameof(Challenge),
        };
        return Eip712TypedDataEncoder.Current.EncodeAndHashTypedData(new Challenge { Text = challenge }, typedData);
    }

    [Struct("Challenge")]
    private sealed class Challenge
    {
        [Parameter("string", "challenge", 1)]
        public string Text { get; set; } = "";
    }
}
