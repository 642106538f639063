using System;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using CsCheck;
using IExec.Tasks.Crypto.Keystores;

namespace IExec.Tasks.UnitTests.Crypto;

public sealed class KeyDerivationTests
{
    /// <summary>RFC 7914, section 12.</summary>
    [Theory]
    [InlineData("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    [InlineData("pleaseletmein", "SodiumChloride", 16384, 8, 1, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")]
    public void Scrypt_is_that_of_RFC_7914(string password, string salt, int n, int r, int p, string expected)
    {
        using var secret = Secrets.Text(password);
        using var derived = Scrypt.Derive(secret, Encoding.UTF8.GetBytes(salt), n, r, p, 64, CancellationToken.None);
        Assert.Equal(expected, Convert.ToHexStringLower(derived.Bytes));
    }

    [Fact]
    public void Pbkdf2_is_that_of_the_platform() =>
        Gen.Select(Gen.String[0, 100], Gen.Byte.Array[0, 50], Gen.Int[1, 20], Gen.Int[1, 100]).Sample((password, salt, iterations, length) =>
        {
            using var secret = Secrets.Text(password);
            using var derived = Pbkdf2.Derive(secret, salt, iterations, length, CancellationToken.None);
            Assert.Equal(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, length), derived.Bytes);
        });
}
