using System.Text;
using IExec.Tasks.Crypto;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Crypto;

/// <summary>Short ways to throw-away secrets.</summary>
internal static class Secrets
{
    public static SecretBytes Text(string text) => new(Encoding.UTF8.GetBytes(text));

    public static PrivateKey Key(string hex)
    {
        using var digits = Text(hex);
        return PrivateKey.FromHex(digits);
    }

    /// <summary>The address as the checksummed text that users see.</summary>
    public static string AddressText(PrivateKey key) => new Address(key.Address).ToString();
}
