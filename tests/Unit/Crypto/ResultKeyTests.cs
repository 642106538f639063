using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.UnitTests.Crypto;

public sealed class ResultKeyTests : IDisposable
{
    private readonly RSA _rsa = RSA.Create(1024);
    private readonly BeneficiaryKey _key;

    public ResultKeyTests() => _key = BeneficiaryKey.FromPem(Encoding.ASCII.GetBytes(_rsa.ExportPkcs8PrivateKeyPem()));

    public void Dispose()
    {
        _key.Dispose();
        _rsa.Dispose();
    }

    [Theory]
    [InlineData("encrypted-modern-cbc256.zip")]
    [InlineData("encrypted-legacy-ecb128.zip")]
    public async Task Decrypts_results_in_both_forms(string archive)
    {
        using var key = BeneficiaryKey.FromPem(ResultFiles.Bytes("TEST-ONLY-beneficiary_key"));
        using var resultKey = key.Unwrap(ResultFiles.Entry(archive, "aes-key.rsa"));

        var plain = await DecryptAsync(resultKey, ResultFiles.Entry(archive, "iexec_out.zip.aes"));

        Assert.Equal(ResultFiles.Bytes("result-single.zip"), plain);
    }

    /// <summary>The SDK reads this too: a wrapped key in base64 that turns out to be of 256 bits.</summary>
    [Fact]
    public async Task Decrypts_the_mixed_form()
    {
        var (aes, plain) = (NewKey(32), RandomNumberGenerator.GetBytes(1000));
        using var resultKey = _key.Unwrap(WrapAsText(aes.Key));
        Assert.Equal(plain, await DecryptAsync(resultKey, Cbc(aes, plain)));
    }

    [Fact]
    public Task Decrypts_payloads_of_every_length_in_any_portions() =>
        Gen.Select(Gen.OneOf(Gen.Int[0, 200], Gen.Int[65_400, 65_700], Gen.Int[131_000, 131_300]), Gen.Bool, Gen.Int[1, 70_000]).SampleAsync(
            async (length, isLegacy, portion) =>
            {
                var (aes, plain) = (NewKey(isLegacy ? 16 : 32), RandomNumberGenerator.GetBytes(length));
                using var resultKey = _key.Unwrap(isLegacy ? WrapAsText(aes.Key) : Wrap(aes.Key));
                var payload = isLegacy ? EcbText(aes, plain) : Cbc(aes, plain);
                using var output = new MemoryStream();
                await resultKey.DecryptAsync(new PortionedStream(payload, portion), output);
                Assert.Equal(plain, output.ToArray());
            },
            iter: 100);

    [Fact]
    public async Task Line_breaks_in_the_base64_text_do_not_matter()
    {
        var (aes, plain) = (NewKey(16), RandomNumberGenerator.GetBytes(1000));
        using var resultKey = _key.Unwrap(WrapAsText(aes.Key));
        var lines = Convert.ToBase64String(aes.EncryptEcb(plain, PaddingMode.PKCS7), Base64FormattingOptions.InsertLineBreaks) + "\n";
        Assert.Equal(plain, await DecryptAsync(resultKey, Encoding.ASCII.GetBytes(lines)));
    }

    [Fact]
    public async Task Every_truncation_is_detected()
    {
        foreach (var isLegacy in new[] { false, true })
        {
            var (aes, plain) = (NewKey(isLegacy ? 16 : 32), Enumerable.Range(0, 40).Select(i => (byte)(200 - i)).ToArray());
            using var resultKey = _key.Unwrap(isLegacy ? WrapAsText(aes.Key) : Wrap(aes.Key));
            var payload = isLegacy ? EcbText(aes, plain) : Cbc(aes, plain);
            for (var length = 0; length < payload.Length; length++)
            {
                var exception = await Assert.ThrowsAsync<ResultDecryptionException>(() => DecryptAsync(resultKey, payload[..length]));
                Assert.True(exception.Failure == ResultDecryptionFailure.Truncated || (exception.Failure == ResultDecryptionFailure.Damaged && length % 16 == 0));
            }
        }
    }

    [Fact]
    public async Task The_padding_is_checked_to_the_last_byte()
    {
        var aes = NewKey(32);
        using var resultKey = _key.Unwrap(Wrap(aes.Key));
        foreach (var block in new byte[][]
        {
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            [17, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17],
            [15, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16],
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 2],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255],
        })
        {
            byte[] payload = [.. aes.IV, .. aes.EncryptCbc(block, aes.IV, PaddingMode.None)];
            var exception = await Assert.ThrowsAsync<ResultDecryptionException>(() => DecryptAsync(resultKey, payload));
            Assert.Equal(ResultDecryptionFailure.Damaged, exception.Failure);
        }
    }

    [Fact]
    public async Task Text_that_is_not_base64_is_damaged()
    {
        var aes = NewKey(16);
        using var resultKey = _key.Unwrap(WrapAsText(aes.Key));
        var payload = EcbText(aes, new byte[100]);
        payload[50] = (byte)'!';
        var exception = await Assert.ThrowsAsync<ResultDecryptionException>(() => DecryptAsync(resultKey, payload));
        Assert.Equal(ResultDecryptionFailure.Damaged, exception.Failure);
    }

    [Fact]
    public async Task The_streams_stay_open_and_a_failing_one_is_not_blamed_on_the_payload()
    {
        var aes = NewKey(32);
        using var resultKey = _key.Unwrap(Wrap(aes.Key));
        using var input = new MemoryStream(Cbc(aes, new byte[10]));
        using var output = new MemoryStream();
        await resultKey.DecryptAsync(input, output);
        Assert.True(input.CanRead && output.CanWrite);

        using var full = new MemoryStream(new byte[4]);
        input.Position = 0;
        await Assert.ThrowsAsync<NotSupportedException>(() => resultKey.DecryptAsync(input, full));
    }

    [Fact]
    public async Task Memory_stays_flat()
    {
        var aes = NewKey(32);
        using var resultKey = _key.Unwrap(Wrap(aes.Key));
        var payload = Cbc(aes, new byte[16 * 1024 * 1024]);
        await DecryptToNowhereAsync(payload);

        // Nothing here really waits, so that all of it runs on this thread.
        var before = GC.GetAllocatedBytesForCurrentThread();
        await DecryptToNowhereAsync(payload);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);

        Task DecryptToNowhereAsync(byte[] bytes) => resultKey.DecryptAsync(new MemoryStream(bytes), Stream.Null);
    }

    [Fact]
    public async Task Can_be_cancelled()
    {
        var aes = NewKey(32);
        using var resultKey = _key.Unwrap(Wrap(aes.Key));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => resultKey.DecryptAsync(new MemoryStream(Cbc(aes, new byte[100])), Stream.Null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_wiped_key_does_not_decrypt()
    {
        var aes = NewKey(32);
        var resultKey = _key.Unwrap(Wrap(aes.Key));
        resultKey.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => DecryptAsync(resultKey, Cbc(aes, [])));
    }

    private static Aes NewKey(int length)
    {
        var aes = Aes.Create();
        aes.Key = RandomNumberGenerator.GetBytes(length);
        return aes;
    }

    private static byte[] Cbc(Aes aes, byte[] plain) => [.. aes.IV, .. aes.EncryptCbc(plain, aes.IV)];

    private static byte[] EcbText(Aes aes, byte[] plain) => Encoding.ASCII.GetBytes(Convert.ToBase64String(aes.EncryptEcb(plain, PaddingMode.PKCS7)));

    private static async Task<byte[]> DecryptAsync(ResultKey key, byte[] payload)
    {
        using var output = new MemoryStream();
        await key.DecryptAsync(new MemoryStream(payload), output);
        return output.ToArray();
    }

    private byte[] Wrap(byte[] key) => _rsa.Encrypt(key, RSAEncryptionPadding.Pkcs1);

    private byte[] WrapAsText(byte[] key) =>
        Encoding.ASCII.GetBytes(Convert.ToBase64String(Wrap(Encoding.ASCII.GetBytes(Convert.ToBase64String(key)))));

    /// <summary>Returns a few bytes at a time, as the network does.</summary>
    private sealed class PortionedStream(byte[] bytes, int portion) : MemoryStream(bytes)
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            base.ReadAsync(buffer, offset, Math.Min(count, portion), cancellationToken);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, portion)], cancellationToken);
    }
}
