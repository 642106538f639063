using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Crypto;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Results.Archives;

/// <summary>An archive that is encrypted for the deal's beneficiary: an AES key encrypted with RSA, and the inner archive encrypted with it (tee-worker-post-compute).</summary>
internal static class EncryptedResult
{
    private const string KeyFile = "aes-key.rsa";
    private const string PayloadFile = "iexec_out.zip.aes";
    private const int MaximumKeyFileLength = 4096;

    /// <summary>Whether an archive is encrypted, even if a part is missing.</summary>
    public static bool Is(ResultArchive archive) => archive.Find(KeyFile) is not null || archive.Find(PayloadFile) is not null;

    /// <summary>Decrypts the inner archive to a file.</summary>
    /// <exception cref="IExecException"><see cref="IExecErrorId.DecryptionFailed"/>; the content of the file is then invalid.</exception>
    public static async Task DecryptAsync(
        ResultArchive archive, BeneficiaryKey key, string path, TransferMeter meter, CancellationToken cancellationToken)
    {
        try
        {
            using var resultKey = key.Unwrap(ReadKeyFile(archive));
            var payload = Require(archive, PayloadFile);
            meter.Total = payload.Length;
            using var cipher = archive.OpenEntry(payload, meter);
            using var plain = LocalFiles.Create(path);
            await resultKey.DecryptAsync(cipher, plain, cancellationToken).ConfigureAwait(false);
            await plain.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ResultDecryptionException e)
        {
            throw Failure(e.Message, e);
        }
        catch (InvalidDataException e)
        {
            throw Failure($"The encrypted result is damaged: {e.Message}.", e);
        }
        catch (Exception e) when (LocalFiles.IsDiskFailure(e))
        {
            throw LocalFiles.Failure(path, e);
        }

        RequireArchive(path);
    }

    private static byte[] ReadKeyFile(ResultArchive archive)
    {
        var entry = Require(archive, KeyFile);
        if (entry.Length > MaximumKeyFileLength)
            throw new InvalidDataException($"its {KeyFile} is too long");

        var bytes = new byte[entry.Length];
        using var stream = archive.OpenEntry(entry);
        stream.Fill(bytes);
        return bytes;
    }

    private static ArchiveEntry Require(ResultArchive archive, string name) =>
        archive.Find(name) ?? throw new InvalidDataException($"it has no {name}");

    /// <summary>There is no MAC. That the plaintext is an archive is the first sign that the key fits the payload.</summary>
    private static void RequireArchive(string path)
    {
        try
        {
            ResultArchive.Open(path).Dispose();
        }
        catch (InvalidDataException e)
        {
            throw Failure($"The decrypted data is not an archive: {e.Message}. The result is damaged, or encrypted for another key.", e);
        }
    }

    private static IExecException Failure(string message, Exception e) =>
        new(IExecErrorId.DecryptionFailed, Redaction.Untrusted(message), innerException: e);
}
