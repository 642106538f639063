using System;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using IExec.Tasks.Crypto;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Fakes;

/// <summary>The server's side of a log challenge: the typed data to sign, and the check of the signature (EIP-712).</summary>
internal static class ChallengeSignature
{
    /// <summary>The typed data that a scheduler sends.</summary>
    public static JsonNode TypedData(string challenge, long chainId) => new JsonObject
    {
        ["types"] = new JsonObject
        {
            ["EIP712Domain"] = new JsonArray(Field("name", "string"), Field("version", "string"), Field("chainId", "uint256")),
            ["Challenge"] = new JsonArray(Field("challenge", "string")),
        },
        ["primaryType"] = "Challenge",
        ["domain"] = new JsonObject { ["name"] = "iExec Core", ["version"] = "1", ["chainId"] = chainId },
        ["message"] = new JsonObject { ["challenge"] = challenge },
    };

    /// <summary>Whether an address signed the challenge. As in iexec-core, the signature's v is ignored.</summary>
    public static bool IsBy(string address, string signature, string challenge, long chainId)
    {
        try
        {
            var bytes = Hex.Decode(signature);
            return bytes.Length == 65 && Enumerable.Range(0, 2).Any(recoveryId => Recover(bytes, recoveryId, challenge, chainId).Equals(Address.Parse(address)));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static Address Recover(byte[] signature, int recoveryId, string challenge, long chainId)
    {
        try
        {
            return new Address(PublicKeyRecovery.RecoverAddress(Digest(challenge, chainId), new RecoverableSignature(signature[..32], signature[32..64], recoveryId)));
        }
        catch (FormatException)
        {
            return default;
        }
    }

    private static byte[] Digest(string challenge, long chainId)
    {
        byte[] chain = new byte[32];
        new BigInteger(chainId).ToByteArray(isUnsigned: true, isBigEndian: true).CopyTo(chain.AsSpan(32 - new BigInteger(chainId).GetByteCount(isUnsigned: true)));
        var domain = Keccak256.Hash([.. Hash("EIP712Domain(string name,string version,uint256 chainId)"), .. Hash("iExec Core"), .. Hash("1"), .. chain]);
        var message = Keccak256.Hash([.. Hash("Challenge(string challenge)"), .. Hash(challenge)]);
        return Keccak256.Hash([0x19, 0x01, .. domain, .. message]);
    }

    private static byte[] Hash(string text) => Keccak256.Hash(Encoding.UTF8.GetBytes(text));

    private static JsonObject Field(string name, string type) => new() { ["name"] = name, ["type"] = type };
}
