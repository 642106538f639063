using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.UnitTests.Crypto;
using IExec.Tasks.Crypto;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Connections;

public sealed class SignersTests : IDisposable
{
    private const string Name = "UTC--2025-01-31T23-59-59.999000000Z--f39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    private static readonly Address Account = Address.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

    private readonly string _folder = Directory.CreateTempSubdirectory("keystore").FullName;
    private readonly string _file;

    public SignersTests()
    {
        _file = Path.Combine(_folder, Name);
        File.WriteAllText(_file, VectorFile.Element("keystore", "json").GetRawText());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_private_key_signs_for_its_account_until_it_is_wiped()
    {
        using var digits = Secrets.Text(VectorFile.Text("challenge", "134", "privateKey"));
        using var signer = Signers.FromPrivateKey(digits);
        var digest = new Bytes32(VectorFile.Bytes("challenge", "134", "digest"));

        Assert.Equal(Account, signer.Address);
        Assert.Equal(VectorFile.Bytes("challenge", "134", "signature"), signer.Sign(digest).ToBytes());

        signer.Dispose();
        var exception = Assert.Throws<IExecException>(() => signer.Sign(digest));
        Assert.Equal(IExecErrorId.SignerRequired, exception.ErrorId);
        Assert.Equal($"The key of {Account} was wiped when its connection was closed.", exception.Message);
    }

    [Fact]
    public void A_bad_key_is_KeyInvalid_and_not_repeated_in_the_message()
    {
        using var digits = Secrets.Text("deadbeef");
        var exception = Assert.Throws<IExecException>(() => Signers.FromPrivateKey(digits));
        Assert.Equal(IExecErrorId.KeyInvalid, exception.ErrorId);
        Assert.DoesNotContain("deadbeef", exception.ToString());
    }

    [Theory]
    [InlineData("version-as-text.json")]
    [InlineData("numbers-as-text.json")]
    [InlineData("empty-address.json")]
    [InlineData("byte-order-mark.json")]
    public async Task Opens_files_that_other_programs_open_in_every_encoding_of_Windows(string name)
    {
        using var password = Secrets.Text("password1");
        var text = Encoding.UTF8.GetString(KeyFiles.Bytes(name)).TrimStart('\uFEFF');
        byte[][] files =
        [
            KeyFiles.Bytes(name),
            [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)],
            [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(text)],
        ];
        foreach (var file in files)
        {
            File.WriteAllBytes(_file, file);

            using var signer = await Signers.FromKeystoreAsync(_file, password, null, CancellationToken.None);
            Assert.Equal(KeyFiles.Address, signer.Address.ToString());
        }
    }

    [Fact]
    public async Task Opens_a_file_and_the_file_of_a_folder()
    {
        using var password = Secrets.Text("whatever");
        foreach (var (path, account) in new (string, Address?)[] { (_file, null), (_file, Account), (_folder, null), (_folder, Account) })
        {
            using var signer = await Signers.FromKeystoreAsync(path, password, account, CancellationToken.None);
            Assert.Equal(Account, signer.Address);
        }
    }

    [Fact]
    public async Task A_file_for_another_account_than_the_one_asked_for_is_KeyInvalid()
    {
        var other = Address.Parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
        var exception = await FailAsync(_file, "whatever", other);
        Assert.Equal(IExecErrorId.KeyInvalid, exception.ErrorId);
        Assert.Equal($"The key file {_file} is for {Account}, not for {other}.", exception.Message);
    }

    [Fact]
    public async Task A_wrong_password_is_PasswordWrong_and_names_the_file()
    {
        var exception = await FailAsync(_file, "hunter2");
        Assert.Equal(IExecErrorId.PasswordWrong, exception.ErrorId);
        Assert.Equal($"The password does not open the key file {_file}.", exception.Message);
        Assert.IsType<WrongPasswordException>(exception.InnerException);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_KeyInvalid_with_the_reason()
    {
        File.WriteAllText(_file, "{ \"version\": 1 }");
        var exception = await FailAsync(_file, "whatever");
        Assert.Equal(IExecErrorId.KeyInvalid, exception.ErrorId);
        Assert.Equal($"The key file {_file} cannot be used. The key file is not of version 3.", exception.Message);
    }

    [Fact]
    public async Task A_huge_file_is_not_read_to_its_end()
    {
        using (var stream = File.OpenWrite(_file))
            stream.SetLength(1L << 40);
        Assert.EndsWith("The key file is larger than 64 KiB.", (await FailAsync(_file, "whatever")).Message);
    }

    [Fact]
    public async Task A_missing_file_is_KeyInvalid()
    {
        var exception = await FailAsync(Path.Combine(_folder, "missing"), "whatever");
        Assert.Equal(IExecErrorId.KeyInvalid, exception.ErrorId);
        Assert.IsType<FileNotFoundException>(exception.InnerException);
    }

    [Fact]
    public async Task Opening_can_be_cancelled()
    {
        using var password = Secrets.Text("whatever");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Signers.FromKeystoreAsync(_file, password, null, new CancellationToken(canceled: true)));
    }

    private static async Task<IExecException> FailAsync(string path, string password, Address? account = null)
    {
        using var secret = Secrets.Text(password);
        return await Assert.ThrowsAsync<IExecException>(() => Signers.FromKeystoreAsync(path, secret, account, CancellationToken.None));
    }
}
