using System;
using System.IO;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;

namespace IExec.Tasks.Crypto.Beneficiaries;

/// <summary>Reads the first key of a PEM file.</summary>
internal static class PemKeyReader
{
    /// <summary>BouncyCastle supports PKCS#8 with PBKDF2 only, and fails on scrypt in the same way as on a wrong password.</summary>
    private const string PasswordMessage = "The password does not open the beneficiary key (or the key is encrypted through scrypt, which is not supported).";

    public static RsaPrivateCrtKeyParameters Read(byte[] pem, SecretBytes? password)
    {
        if (pem.Length > BeneficiaryKey.MaxPemLength)
            throw new KeyFormatException("The beneficiary key's file is larger than 64 KiB.");

        using var finder = new PasswordFinder(password);
        using var text = new StreamReader(new MemoryStream(pem, writable: false), Encoding.ASCII);
        using var reader = new PemReader(text, finder);
        return ReadObject(reader, finder) switch
        {
            RsaPrivateCrtKeyParameters key => key,
            AsymmetricCipherKeyPair { Private: RsaPrivateCrtKeyParameters key } => key,
            null => throw new KeyFormatException("The beneficiary key's file is not a PEM file."),
            AsymmetricKeyParameter { IsPrivate: false } => throw new KeyFormatException("The beneficiary key's file holds a public key; the private one is needed."),
            _ => throw new KeyFormatException("The beneficiary key's file does not hold an RSA private key."),
        };
    }

    /// <summary>
    /// With a wrong password BouncyCastle decrypts to random bytes and fails somewhere later, so a failure after it asked for the password is
    /// attributed to the password. It has no specific exception for malformed input: an index out of range is as likely.
    /// </summary>
    private static object? ReadObject(PemReader reader, PasswordFinder finder)
    {
        try
        {
            return reader.ReadObject();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw finder switch
            {
                { IsAsked: true, HasPassword: false } => new WrongPasswordException("The beneficiary key is encrypted; its password is needed.", exception),
                { IsAsked: true } => new WrongPasswordException(PasswordMessage, exception),
                _ => new KeyFormatException("The beneficiary key's file cannot be read: it is damaged, or in a form that is not supported.", exception),
            };
        }
    }

    /// <summary>
    /// BouncyCastle takes characters and uses the low byte of each. One character for each byte of the UTF-8 text gives the same result as
    /// OpenSSL. The characters are wiped at the end; copies that BouncyCastle makes are not.
    /// </summary>
    private sealed class PasswordFinder(SecretBytes? password) : IPasswordFinder, IDisposable
    {
        private readonly char[] _characters = password is null ? [] : Array.ConvertAll(password.Bytes, value => (char)value);

        public bool HasPassword => password is not null;

        public bool IsAsked { get; private set; }

        public char[]? GetPassword()
        {
            IsAsked = true;
            return HasPassword ? _characters : null;
        }

        public void Dispose() => Array.Clear(_characters, 0, _characters.Length);
    }
}
