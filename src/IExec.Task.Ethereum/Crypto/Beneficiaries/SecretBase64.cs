using System;
using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace IExec.Tasks.Crypto.Beneficiaries;

/// <summary>Decodes base64; invalid text is reported as a result, not as an exception.</summary>
internal static class SecretBase64
{
    /// <summary>Decodes text that may have line breaks.</summary>
    public static byte[]? TryDecodeText(byte[] utf8)
    {
        try
        {
            return Convert.FromBase64String(Encoding.ASCII.GetString(utf8));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Decodes secret text without a copy in a string.</summary>
    public static SecretBytes? TryDecode(SecretBytes utf8)
    {
        using var buffer = new SecretBytes(Base64.GetMaxDecodedFromUtf8Length(utf8.Length));
        if (Base64.DecodeFromUtf8(utf8.Bytes, buffer.Bytes, out _, out var length) != OperationStatus.Done)
            return null;

        var decoded = new SecretBytes(length);
        Buffer.BlockCopy(buffer.Bytes, 0, decoded.Bytes, 0, length);
        return decoded;
    }
}
