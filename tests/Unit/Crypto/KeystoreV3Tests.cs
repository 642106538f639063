using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.UnitTests.Crypto;

public sealed class KeystoreV3Tests
{
    /// <summary>
    /// The test vectors of the Web3 Secret Storage Definition in the Ethereum wiki. The scrypt vector that ethereum.org has since put in
    /// (n = 262144, r = 8) contradicts itself: its salt and password do not derive the key it gives, with OpenSSL neither.
    /// </summary>
    public static TheoryData<string> DefinitionVectors =>
    [
        Vector(
            "6087dab2f9fdbbfaddc31a909735c1e6", "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46", "pbkdf2",
            """{ "c": 262144, "dklen": 32, "prf": "hmac-sha256", "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd" }""",
            "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"),
        Vector(
            "83dbcc02d8ccb40e466191a123791e0e", "d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c", "scrypt",
            """{ "dklen": 32, "n": 262144, "r": 1, "p": 8, "salt": "ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19" }""",
            "2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097"),
    ];

    [Theory]
    [MemberData(nameof(DefinitionVectors))]
    [Trait("Category", "Slow")]
    public async Task Opens_the_definitions_test_vectors(string file)
    {
        using var key = await OpenAsync(file, "testpassword");
        using var expected = Secrets.Key("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");
        Assert.Equal("0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b", Secrets.AddressText(key));
        Assert.Equal(expected.Sign(new byte[32]).ToBytes(), key.Sign(new byte[32]).ToBytes());
    }

    [Fact]
    public async Task Opens_a_file_as_the_iExec_command_line_writes_it()
    {
        using var key = await OpenAsync(CommandLineFile().ToJsonString(), VectorFile.Text("keystore", "password"));
        Assert.Equal(VectorFile.Text("keystore", "address"), Secrets.AddressText(key));
    }

    [Theory]
    [InlineData("Whatever")]
    [InlineData("whatever ")]
    [InlineData("")]
    public async Task A_wrong_password_is_told_apart(string password)
    {
        var exception = await Assert.ThrowsAsync<WrongPasswordException>(() => OpenAsync(CommandLineFile().ToJsonString(), password));
        Assert.Equal("The password does not open the key file.", exception.Message);
    }

    [Fact]
    public async Task A_file_without_an_address_is_fine()
    {
        var file = CommandLineFile();
        file.Remove("address");
        using var key = await OpenAsync(file.ToJsonString(), "whatever");
        Assert.Equal(VectorFile.Text("keystore", "address"), Secrets.AddressText(key));
    }

    [Theory]
    [InlineData("0xF39FD6E51AAD88F6F4CE6AB8827279CFFFB92266")]
    [InlineData("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    public async Task The_address_may_be_written_in_any_way(string address)
    {
        var file = CommandLineFile();
        file["address"] = address;
        using var key = await OpenAsync(file.ToJsonString(), "whatever");
        Assert.Equal(VectorFile.Text("keystore", "address"), Secrets.AddressText(key));
    }

    [Fact]
    public async Task A_password_that_does_not_open_the_file_as_it_is_typed_is_tried_in_the_form_NFKC()
    {
        var file = KeyFiles.Bytes("password-in-nfkc.json");
        using var typed = Secrets.Text("\u212Bngstrom\uFB01"); // Å of the unit, fi as a ligature

        using var key = await KeystoreV3.OpenAsync(file, typed, Nfkc, CancellationToken.None);
        Assert.Equal(KeyFiles.Address, Secrets.AddressText(key));

        using var other = Secrets.Text("\u212Bngstrom");
        await Assert.ThrowsAsync<WrongPasswordException>(() => KeystoreV3.OpenAsync(file, other, Nfkc, CancellationToken.None));

        // The tests run without globalization data, where no text is normalised.
        static string Nfkc(string text) => text.Replace("\u212B", "\u00C5", StringComparison.Ordinal).Replace("\uFB01", "fi", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_names_another_address_is_refused()
    {
        var file = CommandLineFile();
        file["address"] = "70997970c51812dc3a010c7d01b50e0d17dc79c8";
        var exception = await Assert.ThrowsAsync<KeyFormatException>(() => OpenAsync(file.ToJsonString(), "whatever"));
        Assert.Equal("The key in the key file does not belong to the address in the file.", exception.Message);
    }

    [Theory]
    [InlineData("version", "1", "The key file is not of version 3.")]
    [InlineData("version", "\"3.0\"", "The key file's \"version\" is not a 32-bit integer.")]
    [InlineData("version", "\"\"", "The key file's \"version\" is not a 32-bit integer.")]
    [InlineData("Crypto", null, "The key file has no \"crypto\".")]
    [InlineData("Crypto", "[]", "The key file is not a valid v3 keystore.")]
    [InlineData("address", "\"f39f\"", "The key file's \"address\" is not 20 bytes.")]
    [InlineData("CRYPTO", "{}", "The key file has more than one \"crypto\".")]
    [InlineData("Crypto.cipher", "\"aes-128-cbc\"", "The key file's cipher is not aes-128-ctr.")]
    [InlineData("Crypto.cipherparams", "{}", "The key file has no \"iv\".")]
    [InlineData("Crypto.cipherparams.iv", "\"3e6dd5279c97ca42b1df401f3a56b3\"", "The key file's \"iv\" is not 16 bytes.")]
    [InlineData("Crypto.ciphertext", "\"\"", "The key file's \"ciphertext\" is not 32 bytes.")]
    [InlineData("Crypto.ciphertext", "7", "The key file's \"ciphertext\" is not text.")]
    [InlineData("Crypto.mac", "\"zz8f12b6aac8a669ddd26083c80bca36079ac3d6b1339cd0bc49fcbc502124b8\"", "The key file's \"mac\" is not hexadecimal.")]
    [InlineData("Crypto.mac", "\"\u1064\u10648f12b6aac8a669ddd26083c80bca36079ac3d6b1339cd0bc49fcbc502124b8\"", "The key file's \"mac\" is not hexadecimal.")]
    [InlineData("Crypto.mac", "\"98f12b6aac8a669ddd26083c80bca36079ac3d6b1339cd0bc49fcbc502124b8\"", "The key file's \"mac\" is not 32 bytes.")]
    [InlineData("Crypto.kdf", "\"argon2\"", "The key file derives its key with something other than scrypt or pbkdf2.")]
    [InlineData("Crypto.kdfparams.dklen", "16", "The key file's derived key is not 32 bytes.")]
    [InlineData("Crypto.kdfparams.salt", "\"\"", "The key file's \"salt\" is not 1 to 128 bytes.")]
    [InlineData("Crypto.kdfparams.n", "4095", "The key file's scrypt parameters are out of bounds: n must be a power of two, r and p from 1 to 32.")]
    [InlineData("Crypto.kdfparams.n", "1", "The key file's scrypt parameters are out of bounds: n must be a power of two, r and p from 1 to 32.")]
    [InlineData("Crypto.kdfparams.r", "0", "The key file's scrypt parameters are out of bounds: n must be a power of two, r and p from 1 to 32.")]
    [InlineData("Crypto.kdfparams.p", "-1", "The key file's scrypt parameters are out of bounds: n must be a power of two, r and p from 1 to 32.")]
    [InlineData("Crypto.kdfparams.n", "1048576", "The key file's scrypt parameters ask for more than 512 MiB of memory.")]
    [InlineData("Crypto.kdfparams.r", "33", "The key file's scrypt parameters are out of bounds: n must be a power of two, r and p from 1 to 32.")]
    [InlineData("Crypto.kdfparams.p", "33", "The key file's scrypt parameters are out of bounds: n must be a power of two, r and p from 1 to 32.")]
    [InlineData("Crypto.kdfparams", """{ "dklen": 32, "n": 131072, "r": 8, "p": 32, "salt": "00" }""", "The key file's scrypt parameters ask for more than eight times the usual work.")]
    [InlineData("Crypto.kdfparams.n", "4294967296", "The key file's \"n\" is not a 32-bit integer.")]
    public async Task A_file_that_cannot_be_used_is_refused_with_the_reason(string path, string? json, string message)
    {
        var exception = await Assert.ThrowsAsync<KeyFormatException>(() => OpenAsync(Change(CommandLineFile(), path, json), "whatever"));
        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("prf", "\"hmac-sha512\"", "The key file's pseudo-random function is not hmac-sha256.")]
    [InlineData("c", "0", "The key file asks for more than 10,000,000 iterations of pbkdf2, or for none.")]
    [InlineData("c", "10000001", "The key file asks for more than 10,000,000 iterations of pbkdf2, or for none.")]
    public async Task Parameters_of_pbkdf2_are_bounded(string parameter, string json, string message)
    {
        var file = CommandLineFile();
        file["Crypto"]!["kdf"] = "pbkdf2";
        file["Crypto"]!["kdfparams"] = JsonNode.Parse("""{ "c": 1, "dklen": 32, "prf": "hmac-sha256", "salt": "00" }""");
        var exception = await Assert.ThrowsAsync<KeyFormatException>(() => OpenAsync(Change(file, "Crypto.kdfparams." + parameter, json), "whatever"));
        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("", "The key file is not JSON.")]
    [InlineData("{", "The key file is not JSON.")]
    [InlineData("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", "The key file is not JSON.")]
    [InlineData("[]", "The key file is not a valid v3 keystore.")]
    [InlineData("{}", "The key file has no \"version\".")]
    public async Task Other_text_is_not_a_key_file(string file, string message)
    {
        var exception = await Assert.ThrowsAsync<KeyFormatException>(() => OpenAsync(file, "whatever"));
        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public async Task A_file_over_64_KiB_is_not_read()
    {
        var exception = await Assert.ThrowsAsync<KeyFormatException>(() => OpenAsync(new string(' ', (64 * 1024) + 1), "whatever"));
        Assert.Equal("The key file is larger than 64 KiB.", exception.Message);
    }

    [Theory]
    [InlineData(0, "crypto.kdfparams.c", "10000000")]
    [InlineData(1, "crypto.kdfparams.p", "32")]
    public async Task Can_be_cancelled_while_it_works(int vector, string path, string most)
    {
        // As much work as a file may ask for, and a thread of its own to cancel it: a timer may wait for the pool that tests share.
        var file = Change(JsonNode.Parse((string)((IEnumerable<object[]>)DefinitionVectors).ElementAt(vector)[0])!.AsObject(), path, most);
        using var cancellation = new CancellationTokenSource();
        using var password = Secrets.Text("testpassword");
        var opening = KeystoreV3.OpenAsync(Encoding.UTF8.GetBytes(file), password, cancellation.Token);
        var canceller = new Thread(() =>
        {
            Thread.Sleep(20);
            cancellation.Cancel();
        });
        canceller.Start();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        canceller.Join();
    }

    private static async Task<PrivateKey> OpenAsync(string file, string password)
    {
        using var secret = Secrets.Text(password);
        return await KeystoreV3.OpenAsync(Encoding.UTF8.GetBytes(file), secret);
    }

    private static JsonObject CommandLineFile() => JsonNode.Parse(VectorFile.Element("keystore", "json").GetRawText())!.AsObject();

    /// <summary>Sets the value at a dotted path, or removes it.</summary>
    private static string Change(JsonObject file, string path, string? json)
    {
        var names = path.Split('.');
        var parent = file;
        foreach (var name in names[..^1])
            parent = parent[name]!.AsObject();
        if (json is null)
            parent.Remove(names[^1]);
        else
            parent[names[^1]] = JsonNode.Parse(json);
        return file.ToJsonString();
    }

    private static string Vector(string iv, string cipherText, string kdf, string parameters, string mac) => $$"""
        {
          "crypto": {
            "cipher": "aes-128-ctr", "cipherparams": { "iv": "{{iv}}" }, "ciphertext": "{{cipherText}}",
            "kdf": "{{kdf}}", "kdfparams": {{parameters}}, "mac": "{{mac}}"
          },
          "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version": 3
        }
        """;
}
