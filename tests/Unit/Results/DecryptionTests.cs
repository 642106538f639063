using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using IExec.Tasks.Crypto;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Saving;

namespace IExec.Tasks.UnitTests.Results;

public sealed class DecryptionTests : IAsyncLifetime
{
    private static readonly Bytes32 Digest = Bytes32.Parse("0xb94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");

    private readonly BeneficiaryKey _key = BeneficiaryKey.FromPem(ResultFiles.Bytes("TEST-ONLY-beneficiary_key"));
    private ResultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ResultBench.StartAsync();

    public async Task DisposeAsync()
    {
        _key.Dispose();
        await _bench.DisposeAsync();
    }

    [Theory]
    [InlineData("encrypted-modern-cbc256.zip")]
    [InlineData("encrypted-legacy-ecb128.zip")]
    public async Task Decrypts_and_verifies(string archive)
    {
        var saved = await _bench.SaveAsync(await _bench.AddAsync(ResultFiles.Bytes(archive), Digest), Options());

        Assert.Equal((true, true, true, true), (saved.Result.IsEncrypted, saved.Result.IsDecrypted, saved.Result.CidVerified, saved.Result.DigestVerified));
        Assert.Equal(ResultFiles.Bytes("result-single.zip"), await File.ReadAllBytesAsync(_bench.Target));
        Assert.Equal(["result.zip"], _bench.Files());
    }

    [Fact]
    public async Task Decrypts_and_expands()
    {
        var task = await _bench.AddAsync(ResultFiles.Bytes("encrypted-modern-cbc256.zip"), Digest);

        var saved = await _bench.SaveAsync(task, new() { Path = _bench.Folder, Expand = true, BeneficiaryKey = _key });

        Assert.Equal("hello world", await File.ReadAllTextAsync(Path.Combine(saved.Result.Path, "result.txt")));
        Assert.Single(Directory.EnumerateFileSystemEntries(_bench.Folder));
    }

    [Fact]
    public async Task Ignores_a_key_that_is_not_needed()
    {
        var saved = await _bench.SaveAsync(await _bench.AddAsync(ResultFiles.Bytes("result-single.zip"), Digest), Options());

        Assert.Equal((false, false, true), (saved.Result.IsEncrypted, saved.Result.IsDecrypted, saved.Result.DigestVerified));
    }

    [Fact]
    public async Task Keeps_nothing_for_another_key()
    {
        using var rsa = RSA.Create(2048);
        using var other = BeneficiaryKey.FromPem(Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem()));
        foreach (var archive in new[] { "encrypted-modern-cbc256.zip", "encrypted-legacy-ecb128.zip" })
            await FailAsync(ResultFiles.Bytes(archive), IExecErrorId.DecryptionFailed, Options() with { BeneficiaryKey = other });
    }

    [Theory]
    [InlineData("aes-key.rsa")]
    [InlineData("iexec_out.zip.aes")]
    public async Task Says_which_entry_is_missing(string name)
    {
        var kept = new[] { "aes-key.rsa", "iexec_out.zip.aes" }.Single(entry => entry != name);

        var failure = await FailAsync(ResultBench.Zip((kept, ResultFiles.Entry("encrypted-modern-cbc256.zip", kept))), IExecErrorId.DecryptionFailed, Options());

        Assert.Contains($"it has no {name}", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Damage anywhere is detected: by the padding, by the zip reader, or by the digest. Nothing is kept in any case.</summary>
    [Fact]
    public async Task Keeps_nothing_of_a_damaged_payload()
    {
        var payload = ResultFiles.Entry("encrypted-modern-cbc256.zip", "iexec_out.zip.aes");
        for (var position = 0; position < payload.Length; position += 29)
        {
            var damaged = (byte[])payload.Clone();
            damaged[position] ^= 0x10;
            var task = await _bench.AddAsync(Encrypted(damaged), Digest);

            var failure = await Record.ExceptionAsync(() => _bench.SaveAsync(task, Options()));

            // Names and dates of the inner archive are not covered by the digest; the output is.
            if (failure is null)
                Assert.Equal("hello world", Output());
            else
                Assert.True(Assert.IsType<IExecException>(failure).ErrorId is IExecErrorId.DecryptionFailed or IExecErrorId.DigestMismatch, failure.Message);
            File.Delete(_bench.Target);
            Assert.Empty(_bench.Files());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(400)]
    public async Task Keeps_nothing_of_a_truncated_payload(int length) =>
        await FailAsync(Encrypted(ResultFiles.Entry("encrypted-modern-cbc256.zip", "iexec_out.zip.aes")[..length]), IExecErrorId.DecryptionFailed, Options());

    [Fact]
    public async Task Keeps_nothing_when_the_decrypted_archive_does_not_match_the_digest() =>
        await FailAsync(ResultFiles.Bytes("encrypted-modern-cbc256.zip"), IExecErrorId.DigestMismatch, Options(), digest: default(Bytes32));

    private static byte[] Encrypted(byte[] payload) =>
        ResultBench.Zip(("aes-key.rsa", ResultFiles.Entry("encrypted-modern-cbc256.zip", "aes-key.rsa")), ("iexec_out.zip.aes", payload));

    private ResultSaveOptions Options() => _bench.Options() with { BeneficiaryKey = _key };

    private string Output()
    {
        using var archive = ResultArchive.Open(_bench.Target);
        using var reader = new StreamReader(archive.OpenEntry(archive.Find("result.txt")!));
        return reader.ReadToEnd();
    }

    private async Task<IExecException> FailAsync(byte[] archive, IExecErrorId id, ResultSaveOptions options, Bytes32? digest = null)
    {
        var failure = await _bench.FailAsync(await _bench.AddAsync(archive, digest ?? Digest), id, options);
        Assert.Empty(_bench.Files());
        return failure;
    }
}
