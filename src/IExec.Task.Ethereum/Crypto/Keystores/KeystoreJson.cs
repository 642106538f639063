using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Org.BouncyCastle.Utilities.Encoders;

namespace IExec.Tasks.Crypto.Keystores;

/// <summary>Reads a key file's fields. Names are case-insensitive: geth writes <c>crypto</c>, ethers <c>Crypto</c>.</summary>
internal static class KeystoreJson
{
    public static JsonElement? TryField(this JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object)
            throw new KeyFormatException("The key file is not a valid v3 keystore.");

        JsonElement? found = null;
        foreach (var property in parent.EnumerateObject())
        {
            if (!string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                continue;
            if (found is not null)
                throw new KeyFormatException($"The key file has more than one \"{name}\".");

            found = property.Value;
        }

        return found is { ValueKind: JsonValueKind.Null } ? null : found;
    }

    public static JsonElement Field(this JsonElement parent, string name) =>
        parent.TryField(name) ?? throw new KeyFormatException($"The key file has no \"{name}\".");

    public static string Text(this JsonElement parent, string name)
    {
        var field = parent.Field(name);
        return field.ValueKind == JsonValueKind.String ? field.GetString()! : throw new KeyFormatException($"The key file's \"{name}\" is not text.");
    }

    /// <summary>An integer, or a string of digits, as some programs write it.</summary>
    public static int Integer(this JsonElement parent, string name)
    {
        var field = parent.Field(name);
        var isInteger = field.ValueKind == JsonValueKind.String
            ? int.TryParse(field.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            : TryGetInt32(field, out value);
        return isInteger
            ? value
            : throw new KeyFormatException($"The key file's \"{name}\" is not a 32-bit integer.");
    }

    private static bool TryGetInt32(JsonElement field, out int value)
    {
        value = 0;
        return field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out value);
    }

    /// <summary>Bytes as hexadecimal digits, with or without <c>0x</c>.</summary>
    public static byte[] HexBytes(this JsonElement parent, string name, int minLength, int maxLength)
    {
        var text = parent.Text(name);
        var start = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0;
        var length = (text.Length - start) / 2;
        if (text.Length % 2 != 0 || length < minLength || length > maxLength)
        {
            throw new KeyFormatException(minLength == maxLength
                ? $"The key file's \"{name}\" is not {minLength} bytes."
                : $"The key file's \"{name}\" is not {minLength} to {maxLength} bytes.");
        }

        try
        {
            return Hex.DecodeStrict(text, start, 2 * length);
        }
        catch (Exception exception) when (exception is IOException or IndexOutOfRangeException)
        {
            // The latter for a character that is not ASCII.
            throw new KeyFormatException($"The key file's \"{name}\" is not hexadecimal.", exception);
        }
    }
}
