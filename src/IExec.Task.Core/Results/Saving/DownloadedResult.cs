using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Verification;

namespace IExec.Tasks.Results.Saving;

/// <summary>A downloaded result beside its target: decrypted if it can be, and compared with the digest. What is made of the download is deleted with it.</summary>
internal sealed class DownloadedResult : IDisposable
{
    private readonly ResultPlan _plan;
    private IReadOnlyDictionary<long, EntryHash> _hashes;
    private bool _hasExpanded;

    private DownloadedResult(ResultPlan plan, IReadOnlyDictionary<long, EntryHash> hashes)
    {
        _plan = plan;
        _hashes = hashes;
        Path = plan.PartialPath;
    }

    /// <summary>Whether the download is encrypted.</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>Whether it was decrypted.</summary>
    public bool IsDecrypted { get; private set; }

    /// <summary>The file, or the folder after <see cref="Expand"/>, to put in place.</summary>
    public string Path { get; private set; }

    /// <summary>Whether it holds what the workers agreed on.</summary>
    public DigestVerification Verification { get; private set; } = new(null, null);

    /// <summary>Bytes in that file, or in all files of that folder.</summary>
    public long Length { get; private set; }

    private string DecryptedPath => _plan.PartialPath + ".decrypted";

    private string ExpandedPath => _plan.Target + ".partial";

    /// <summary>Decrypts and verifies the download.</summary>
    /// <param name="plan">What to save, and where.</param>
    /// <param name="hashes">The hashes of the archive's entries that are known.</param>
    /// <param name="verifier">Compares with the digest.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IExecException"><see cref="IExecErrorId.DecryptionFailed"/>.</exception>
    public static async Task<DownloadedResult> OpenAsync(
        ResultPlan plan, IReadOnlyDictionary<long, EntryHash> hashes, DigestVerifier verifier, IProgress<ResultProgress>? progress, CancellationToken cancellationToken)
    {
        var result = new DownloadedResult(plan, hashes);
        try
        {
            await result.DecryptAsync(progress, cancellationToken).ConfigureAwait(false);
            await Task.Run(() => result.Verify(verifier, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Expands the archive to a folder beside the target.</summary>
    /// <exception cref="IExecException"><see cref="IExecErrorId.ArchiveUnsafe"/>, or the disk failed.</exception>
    public void Expand(IProgress<ResultProgress>? progress, CancellationToken cancellationToken)
    {
        LocalFiles.DeleteFolder(ExpandedPath);
        _hasExpanded = true;
        try
        {
            using var archive = ResultArchive.Open(Path);
            var expander = new ArchiveExpander(archive, new FileInfo(Path).Length, _plan.Options.MaximumLength);
            expander.Check(() => LocalFiles.IsCaseSensitive(_plan.Folder));
            new DiskSpace(ExpandedPath).Require(expander.Length);
            expander.Expand(ExpandedPath, new TransferMeter(SaveStage.Expanding, progress), cancellationToken);
            (Path, Length) = (ExpandedPath, expander.Length);
        }
        catch (InvalidDataException e)
        {
            throw new IExecException(IExecErrorId.ArchiveUnsafe, Redaction.Untrusted($"The archive cannot be expanded: {e.Message}."), innerException: e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        LocalFiles.TryDelete(DecryptedPath);
        if (_hasExpanded)
            LocalFiles.TryDeleteFolder(ExpandedPath);
    }

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

        (Path, _hashes) = (DecryptedPath, EntryHash.None);
        IsDecrypted = true;
    }

    private void Verify(DigestVerifier verifier, IProgress<ResultProgress>? progress, CancellationToken cancellationToken)
    {
        Length = new FileInfo(Path).Length;
        if (IsEncrypted && !IsDecrypted)
        {
            Verification = new(null, "the archive is encrypted");
            return;
        }

        using var archive = TryOpen(out var reason);
        Verification = archive is null
            ? new(null, reason, IsReadable: false)
            : verifier.Verify(archive, new TransferMeter(SaveStage.Verifying, progress), cancellationToken);

        // The CID verifies only the ciphertext, and there is no MAC: a damaged archive means that decryption failed.
        if (IsDecrypted && !Verification.IsReadable)
            throw new IExecException(IExecErrorId.DecryptionFailed, $"The decrypted archive is damaged: {Verification.Reason}.");
    }

    private ResultArchive? TryOpen(out string? reason)
    {
        try
        {
            reason = null;
            return ResultArchive.Open(Path, _hashes);
        }
        catch (InvalidDataException e)
        {
            reason = Redaction.Untrusted($"the archive cannot be read: {e.Message}");
            return null;
        }
    }
}
