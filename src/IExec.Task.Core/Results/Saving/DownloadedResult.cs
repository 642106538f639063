using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Verification;

namespace IExec.Tasks.Results.Saving;

/// <summary>A downloaded result that is not in its place yet: looked at, decrypted if it can be, and compared with the digest.</summary>
internal sealed class DownloadedResult : IDisposable
{
    private readonly ResultPlan _plan;
    private string _path;
    private IReadOnlyDictionary<long, EntryHash> _hashes;

    private DownloadedResult(ResultPlan plan, IReadOnlyDictionary<long, EntryHash> hashes)
    {
        _plan = plan;
        _hashes = hashes;
        _path = plan.PartialPath;
    }

    /// <summary>Whether the download is encrypted.</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>Whether it was decrypted.</summary>
    public bool IsDecrypted { get; private set; }

    /// <summary>What the digest says.</summary>
    public DigestVerification Verification { get; private set; } = new(null, null);

    /// <summary>Bytes in the file, or in all files of the folder, that is put in place.</summary>
    public long Length { get; private set; }

    private string DecryptedPath => _plan.PartialPath + ".decrypted";

    /// <summary>Looks at the download.</summary>
    /// <param name="plan">What to save, and where.</param>
    /// <param name="hashes">What is known of the entries of the archive that came.</param>
    /// <param name="verifier">Knows the digest.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IExecException"><see cref="IExecErrorId.DecryptionFailed"/>.</exception>
    public static async Task<DownloadedResult> OpenAsync(
        ResultPlan plan, IReadOnlyDictionary<long, EntryHash> hashes, DigestVerifier verifier, IProgress<ResultProgress>? progress, CancellationToken cancellationToken)
    {
        var candidate = new DownloadedResult(plan, hashes);
        try
        {
            await candidate.DecryptAsync(progress, cancellationToken).ConfigureAwait(false);
            await Task.Run(() => candidate.Verify(verifier, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
            return candidate;
        }
        catch
        {
            candidate.Dispose();
            throw;
        }
    }

    /// <summary>Moves or expands it to the target, in one step as far as anybody who looks there can see.</summary>
    /// <exception cref="IExecException"><see cref="IExecErrorId.ArchiveUnsafe"/>, or the disk failed.</exception>
    public void Place(IProgress<ResultProgress>? progress, CancellationToken cancellationToken)
    {
        if (!_plan.Options.Expand)
        {
            _plan.Place(_path);
            return;
        }

        var folder = _plan.Target + ".partial";
        LocalFiles.DeleteFolder(folder);
        try
        {
            using (var archive = OpenArchive())
            {
                var expander = new ArchiveExpander(archive, new FileInfo(_path).Length, _plan.Options.MaximumLength);
                expander.Check(() => LocalFiles.IsCaseSensitive(_plan.Folder));
                new DiskSpace(folder).Require(expander.Length);
                expander.Expand(folder, new TransferMeter(SaveStage.Expanding, progress), cancellationToken);
                Length = expander.Length;
            }

            _plan.Place(folder);
        }
        catch (InvalidDataException e)
        {
            throw Unsafe(e);
        }
        finally
        {
            LocalFiles.DeleteFolder(folder);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => LocalFiles.TryDelete(DecryptedPath);

    private async Task DecryptAsync(IProgress<ResultProgress>? progress, CancellationToken cancellationToken)
    {
        if (TryOpen(out _) is not { } archive)
            return;

        using (archive)
        {
            IsEncrypted = EncryptedResult.Is(archive);
            if (!IsEncrypted || _plan.Options.BeneficiaryKey is not { } key)
                return;

            var meter = new TransferMeter(SaveStage.Decrypting, progress);
            await EncryptedResult.DecryptAsync(archive, key, DecryptedPath, meter, cancellationToken).ConfigureAwait(false);
        }

        (_path, _hashes) = (DecryptedPath, EntryHash.None);
        IsDecrypted = true;
    }

    private void Verify(DigestVerifier verifier, IProgress<ResultProgress>? progress, CancellationToken cancellationToken)
    {
        Length = new FileInfo(_path).Length;
        if (IsEncrypted && !IsDecrypted)
        {
            Verification = new(null, "the archive is encrypted");
            return;
        }

        using var archive = TryOpen(out var reason);
        Verification = archive is null
            ? new(null, reason, IsReadable: false)
            : verifier.Verify(archive, new TransferMeter(SaveStage.Verifying, progress), cancellationToken);

        // The CID verifies the ciphertext only. There is no MAC, so an archive that is damaged inside was not decrypted.
        if (IsDecrypted && !Verification.IsReadable)
            throw new IExecException(IExecErrorId.DecryptionFailed, $"The decrypted archive is damaged: {Verification.Reason}.");
    }

    private ResultArchive? TryOpen(out string? reason)
    {
        try
        {
            reason = null;
            return ResultArchive.Open(_path, _hashes);
        }
        catch (InvalidDataException e)
        {
            reason = Redaction.Untrusted($"the archive cannot be read: {e.Message}");
            return null;
        }
    }

    private ResultArchive OpenArchive()
    {
        try
        {
            return ResultArchive.Open(_path);
        }
        catch (InvalidDataException e)
        {
            throw Unsafe(e);
        }
    }

    private static IExecException Unsafe(InvalidDataException e) =>
        new(IExecErrorId.ArchiveUnsafe, Redaction.Untrusted($"The archive cannot be expanded: {e.Message}."), innerException: e);
}
