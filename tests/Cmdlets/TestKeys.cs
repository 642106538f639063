using System.Security;

namespace IExec.Tasks.CmdletTests;

/// <summary>Throw-away keys that everybody knows.</summary>
internal static class TestKeys
{
    /// <summary>The first account of development chains.</summary>
    public const string FirstKey = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    public const string KeyFilePassword = "whatever";

    /// <summary>The same key as the iExec command line writes it, with a cheap scrypt.</summary>
    public const string KeyFile =
        """
        {
          "address": "f39fd6e51aad88f6f4ce6ab8827279cfffb92266", "id": "2781f7bf-c644-4b02-92da-680e801699e8", "version": 3,
          "Crypto": {
            "cipher": "aes-128-ctr", "cipherparams": { "iv": "3e6dd5279c97ca42b1df401f3a56b35d" },
            "ciphertext": "0b9f50bdfdc5854c1712707efdb4f456c8e908f303a26b01f77979b15ed25d12",
            "kdf": "scrypt",
            "kdfparams": { "salt": "d759481b59a301501cd72144e741fe5f26cb83bb698ff21e82c999b5053cfd1e", "n": 4096, "dklen": 32, "p": 1, "r": 8 },
            "mac": "098f12b6aac8a669ddd26083c80bca36079ac3d6b1339cd0bc49fcbc502124b8"
          }
        }
        """;

    /// <summary>A file that takes many seconds to open.</summary>
    public static string CostlyKeyFile { get; } = KeyFile.Replace("\"n\": 4096", "\"n\": 131072", System.StringComparison.Ordinal).Replace("\"p\": 1", "\"p\": 16", System.StringComparison.Ordinal);

    public static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var character in text)
            secure.AppendChar(character);
        return secure;
    }
}
