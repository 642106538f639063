using System;
using System.Text.Json;

namespace IExec.Tasks.Crypto.Keystores;

/// <summary>The content of a key file of version 3, checked and limited.</summary>
internal sealed class KeystoreFile
{
    private KeystoreFile(JsonElement root)
    {
        if (root.Integer("version") != 3)
            throw new KeyFormatException("The key file is not of version 3.");

        var crypto = root.Field("crypto");
        if (crypto.Text("cipher") is not "aes-128-ctr")
            throw new KeyFormatException("The key file's cipher is not aes-128-ctr.");

        InitializationVector = crypto.Field("cipherparams").HexBytes("iv", 16, 16);
        CipherText = crypto.HexBytes("ciphertext", Secp256k1.ScalarLength, Secp256k1.ScalarLength);
        Mac = crypto.HexBytes("mac", 32, 32);
        Derivation = KeyDerivation.Parse(crypto.Text("kdf"), crypto.Field("kdfparams"));
        Address = root.TryField("address") is null || IsEmptyText(root, "address") ? null : root.HexBytes("address", 20, 20);
    }

    /// <summary>The account that the file names; not every program writes it.</summary>
    public byte[]? Address { get; }

    public byte[] InitializationVector { get; }

    public byte[] CipherText { get; }

    public byte[] Mac { get; }

    public KeyDerivation Derivation { get; }

    private static bool IsEmptyText(JsonElement root, string name) => root.Field(name) is { ValueKind: JsonValueKind.String } field && field.ValueEquals("");

    public static KeystoreFile Parse(byte[] json)
    {
        if (json.Length > KeystoreV3.MaxFileLength)
            throw new KeyFormatException("The key file is larger than 64 KiB.");

        try
        {
            using var document = JsonDocument.Parse(json);
            return new KeystoreFile(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not Unicode.
            throw new KeyFormatException("The key file is not JSON.", exception);
        }
    }
}
