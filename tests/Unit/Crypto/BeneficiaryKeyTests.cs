using System;
using System.Security.Cryptography;
using System.Text;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.UnitTests.Crypto;

public sealed class BeneficiaryKeyTests
{
    private const string Password = "pässwörd";

    [Theory]
    [InlineData("TEST-ONLY-beneficiary_key", null)]
    [InlineData("TEST-ONLY-pkcs1.pem", null)]
    [InlineData("TEST-ONLY-pkcs8-encrypted.pem", Password)]
    [InlineData("TEST-ONLY-pkcs1-encrypted.pem", Password)]
    [InlineData("TEST-ONLY-beneficiary_key", "not needed")]
    public void Reads_the_forms_that_openssl_writes(string file, string? password)
    {
        using var key = Read(ResultFiles.Bytes(file), password);
        using var unwrapped = key.Unwrap(ResultFiles.Entry("encrypted-modern-cbc256.zip", "aes-key.rsa"));
        Assert.Equal(2048, key.KeySize);
    }

    [Theory]
    [InlineData("TEST-ONLY-pkcs8-encrypted.pem")]
    [InlineData("TEST-ONLY-pkcs1-encrypted.pem")]
    public void A_missing_and_a_wrong_password_are_told_apart(string file)
    {
        var missing = Assert.Throws<WrongPasswordException>(() => Read(ResultFiles.Bytes(file), null));
        Assert.Equal("The beneficiary key is encrypted; its password is needed.", missing.Message);

        foreach (var password in new[] { "passwoerd", "", "p\u00e4ssw\u00f6rd " })
        {
            var wrong = Assert.Throws<WrongPasswordException>(() => Read(ResultFiles.Bytes(file), password));
            Assert.StartsWith("The password does not open the beneficiary key", wrong.Message);
        }
    }

    [Fact]
    public void Encryption_through_scrypt_is_named_as_a_possible_cause()
    {
        var exception = Assert.Throws<WrongPasswordException>(() => Read(ResultFiles.Bytes("TEST-ONLY-pkcs8-scrypt.pem"), Password));
        Assert.Contains("scrypt", exception.Message);
    }

    [Fact]
    public void A_public_key_is_named_as_such()
    {
        var exception = Assert.Throws<KeyFormatException>(() => Read(ResultFiles.Bytes("TEST-ONLY-beneficiary_key.pub"), null));
        Assert.Equal("The beneficiary key's file holds a public key; the private one is needed.", exception.Message);
    }

    [Fact]
    public void A_key_of_another_kind_is_named_as_such()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var exception = Assert.Throws<KeyFormatException>(() => Read(Encoding.ASCII.GetBytes(ec.ExportPkcs8PrivateKeyPem()), null));
        Assert.Equal("The beneficiary key's file does not hold an RSA private key.", exception.Message);
    }

    [Theory]
    [InlineData("", "The beneficiary key's file is not a PEM file.")]
    [InlineData("{\"version\":3}", "The beneficiary key's file is not a PEM file.")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEvgIBADAN\n-----END PRIVATE KEY-----\n", "The beneficiary key's file cannot be read: it is damaged, or in a form that is not supported.")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEvgIBADAN", "The beneficiary key's file cannot be read: it is damaged, or in a form that is not supported.")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\n!\n-----END RSA PRIVATE KEY-----\n", "The beneficiary key's file cannot be read: it is damaged, or in a form that is not supported.")]
    public void A_file_that_cannot_be_read_is_refused(string pem, string message)
    {
        var exception = Assert.Throws<KeyFormatException>(() => Read(Encoding.ASCII.GetBytes(pem), null));
        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void A_damaged_key_never_reads_as_a_key()
    {
        var pem = ResultFiles.Bytes("TEST-ONLY-pkcs1.pem");
        for (var length = 1; length < pem.Length - 40; length += 97)
            Assert.Throws<KeyFormatException>(() => Read(pem[..length], null));
    }

    [Fact]
    public void A_file_over_64_KiB_is_not_read() =>
        Assert.Throws<KeyFormatException>(() => Read(new byte[(64 * 1024) + 1], null));

    [Fact]
    public void Another_key_is_told_by_the_length_or_the_padding()
    {
        using var right = Read(ResultFiles.Bytes("TEST-ONLY-beneficiary_key"), null);
        foreach (var size in new[] { 1024, 2048, 3072 })
        {
            using var rsa = RSA.Create(size);
            using var other = Read(Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem()), null);
            foreach (var archive in new[] { "encrypted-modern-cbc256.zip", "encrypted-legacy-ecb128.zip" })
            {
                var exception = Assert.Throws<ResultDecryptionException>(() => other.Unwrap(ResultFiles.Entry(archive, "aes-key.rsa")));
                Assert.Equal(size == 2048 || archive.Contains("legacy", StringComparison.Ordinal) ? ResultDecryptionFailure.WrongKey : ResultDecryptionFailure.Damaged, exception.Failure);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(24)]
    [InlineData(31)]
    [InlineData(33)]
    public void An_unwrapped_key_of_no_known_length_comes_from_another_beneficiary_key(int length)
    {
        using var rsa = RSA.Create(2048);
        using var key = Read(Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem()), null);
        var wrapped = rsa.Encrypt(new byte[length], RSAEncryptionPadding.Pkcs1);
        Assert.Equal(ResultDecryptionFailure.WrongKey, Assert.Throws<ResultDecryptionException>(() => key.Unwrap(wrapped)).Failure);
    }

    [Fact]
    public void Oaep_is_not_what_iExec_uses()
    {
        using var rsa = RSA.Create(2048);
        using var key = Read(Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem()), null);
        Assert.Throws<ResultDecryptionException>(() => key.Unwrap(rsa.Encrypt(new byte[32], RSAEncryptionPadding.OaepSHA256)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5000)]
    public void A_key_file_of_another_shape_is_damaged(int length)
    {
        using var key = Read(ResultFiles.Bytes("TEST-ONLY-beneficiary_key"), null);
        var exception = Assert.Throws<ResultDecryptionException>(() => key.Unwrap(new byte[length]));
        Assert.Equal(length == 0 ? ResultDecryptionFailure.WrongKey : ResultDecryptionFailure.Damaged, exception.Failure);
    }

    [Fact]
    public void A_disposed_key_does_not_unwrap()
    {
        var key = Read(ResultFiles.Bytes("TEST-ONLY-beneficiary_key"), null);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Unwrap(ResultFiles.Entry("encrypted-modern-cbc256.zip", "aes-key.rsa")));
    }

    private static BeneficiaryKey Read(byte[] pem, string? password)
    {
        using var secret = password is null ? null : Secrets.Text(password);
        return BeneficiaryKey.FromPem(pem, secret);
    }
}
