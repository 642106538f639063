using Nethereum.Contracts;
using Nethereum.Contracts.Standards.ENS.ENSRegistry.ContractDefinition;
using Nethereum.Contracts.Standards.ENS.PublicResolver.ContractDefinition;

namespace IExec.Tasks.Ethereum;

/// <summary>The calls of the Ethereum Name Service (EIP-137, EIP-181, EIP-634), as calldata. A node is 32 bytes.</summary>
public static class EnsMessages
{
    /// <summary><c>resolver(bytes32)</c> of the registry.</summary>
    /// <param name="node">The name's node.</param>
    public static byte[] Resolver(byte[] node) => new ResolverFunction { Node = node }.GetCallData();

    /// <summary><c>name(bytes32)</c> of a resolver.</summary>
    /// <param name="node">The reverse record's node.</param>
    public static byte[] Name(byte[] node) => new NameFunction { Node = node }.GetCallData();

    /// <summary><c>addr(bytes32)</c> of a resolver.</summary>
    /// <param name="node">The name's node.</param>
    public static byte[] Address(byte[] node) => new AddrFunction { Node = node }.GetCallData();

    /// <summary><c>text(bytes32,string)</c> of a resolver.</summary>
    /// <param name="node">The name's node.</param>
    /// <param name="key">The key of the text record.</param>
    public static byte[] Text(byte[] node, string key) => new TextFunction { Node = node, Key = key }.GetCallData();
}
