using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results.Download;
using IExec.Tasks.Results.Verification;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Results.Saving;

/// <summary>
/// Saves results: downloads each beside its target, verifies it by CID and digest, and only then moves it to the target, in one step. So there is nothing under
/// the final name that is not what the workers agreed on.
/// </summary>
internal sealed class ResultSaver(IExecSession session)
{
    /// <summary>Saves one result.</summary>
    /// <exception cref="IExecException">Nothing was saved; the id says why.</exception>
    public async Task<SavedResult> SaveAsync(ResultPlan plan, IProgress<ResultProgress>? progress, CancellationToken cancellationToken)
    {
        var verifier = new DigestVerifier(plan.Task, plan.Options.MaximumLength);
        if (!verifier.IsConsistent && !plan.Options.SkipVerification)
            throw Mismatch(plan, "the consensus value does not match the result digest");

        var made = plan.MakesFolder ? LocalFiles.CreateFolder(plan.Folder) : [];
        try
        {
            return plan.Location is { } location
                ? await SaveFileAsync(plan, location, verifier, progress, cancellationToken).ConfigureAwait(false)
                : SaveCallback(plan, verifier);
        }
        catch
        {
            foreach (var folder in made)
                LocalFiles.TryDeleteEmpty(folder);
            throw;
        }
    }

    private async Task<SavedResult> SaveFileAsync(
        ResultPlan plan, ResultLocation location, DigestVerifier verifier, IProgress<ResultProgress>? progress, CancellationToken cancellationToken)
    {
        var keepPartial = true;
        try
        {
            var download = await DownloadAsync(plan, location, progress, cancellationToken).ConfigureAwait(false);
            session.Diagnostics.Verbose($"Downloaded {download.Length} bytes of {location}; verified by its CID: {download.IsVerified?.ToString() ?? "no"}.");

            keepPartial = false;
            using var saved = await DownloadedResult.OpenAsync(plan, download.Hashes, verifier, progress, cancellationToken).ConfigureAwait(false);
            RequireVerification(plan, download, saved.Verification);
            if (plan.Options.Expand)
                await Task.Run(() => saved.Expand(progress, cancellationToken), cancellationToken).ConfigureAwait(false);
            plan.Place(saved.Path);
            return Finish(plan, location, download, saved);
        }
        catch (IExecException e) when (e.ErrorId is not (IExecErrorId.GatewayError or IExecErrorId.RateLimited or IExecErrorId.FileAccessFailed))
        {
            keepPartial = false;
            throw;
        }
        finally
        {
            if (!keepPartial || IsEmpty(plan.PartialPath))
            {
                LocalFiles.TryDelete(plan.PartialPath);
                LocalFiles.TryDelete(PartialNote.PathOf(plan.PartialPath));
            }
        }
    }

    private async Task<DownloadOutcome> DownloadAsync(ResultPlan plan, ResultLocation location, IProgress<ResultProgress>? progress, CancellationToken cancellationToken)
    {
        var gateways = Gateway.AllOf(session);
        using var target = new PartialFile(plan.PartialPath, plan.Options.MaximumLength);
        var space = new DiskSpace(plan.PartialPath, target.LeftLength);
        void Accept(long length)
        {
            if (length > plan.Options.MaximumLength)
            {
                throw new IExecException(
                    IExecErrorId.ArchiveUnsafe,
                    $"The result '{location}' has {length} bytes or more, more than -MaximumSizeMB allows.",
                    "Raise -MaximumSizeMB if that is what you expect.");
            }

            space.Require(length);
        }

        var downloader = new ResultDownloader(gateways, new(Accept, new RetryPolicy(session.Connection.MaximumRetryCount), progress, session.Diagnostics));
        var outcome = plan.Options.SkipVerification
            ? await downloader.DownloadUnverifiedAsync(location, target, cancellationToken).ConfigureAwait(false)
            : await downloader.DownloadVerifiedAsync(location, target, cancellationToken).ConfigureAwait(false);
        return outcome with { Hashes = await target.HashesAsync().ConfigureAwait(false) };
    }

    /// <summary>Decides whether the result is put in place.</summary>
    private static void RequireVerification(ResultPlan plan, DownloadOutcome download, DigestVerification verification)
    {
        if (plan.Options.SkipVerification)
            return;
        if (verification.IsTrue == false)
            throw Mismatch(plan, verification.Reason!);
        if (download.IsVerified is null && verification.IsTrue is null)
        {
            throw new IExecException(
                IExecErrorId.ResultCorrupt,
                $"The file from '{plan.Source}' could not be verified as the result: {download.Reason}; {verification.Reason}.",
                "Use a gateway that serves blocks (Connect-IExec -IpfsGatewayUrl), or -SkipVerification to take the file as it is.");
        }
    }

    private static SavedResult SaveCallback(ResultPlan plan, DigestVerifier verifier)
    {
        var verification = verifier.VerifyCallback();
        if (verification.IsTrue == false && !plan.Options.SkipVerification)
            throw Mismatch(plan, verification.Reason!);

        var bytes = Hex.Decode(plan.Task.ResultsCallback);
        try
        {
            LocalFiles.Write(plan.PartialPath, bytes);
            plan.Place(plan.PartialPath);
        }
        finally
        {
            LocalFiles.TryDelete(plan.PartialPath);
        }

        return Finish(plan, new IExecTaskResult
        {
            TaskId = plan.Task.TaskId,
            Path = plan.Target,
            Length = bytes.Length,
            Storage = "ethereum",
            DigestVerified = verification.IsTrue,
            Reason = verification.Reason,
            ProvenancePath = ProvenancePathOf(plan),
        }, []);
    }

    private static SavedResult Finish(ResultPlan plan, ResultLocation location, DownloadOutcome download, DownloadedResult saved)
    {
        var reasons = new[] { download.Reason, saved.Verification.Reason }.Where(reason => reason is not null).ToList();
        var result = new IExecTaskResult
        {
            TaskId = plan.Task.TaskId,
            Path = plan.Target,
            Length = saved.Length,
            Storage = plan.Task.Result.Storage,
            Location = plan.Task.Result.Location,
            Cid = location.Root.ToString(),
            IsEncrypted = saved.IsEncrypted,
            IsDecrypted = saved.IsDecrypted,
            CidVerified = download.IsVerified,
            DigestVerified = saved.Verification.IsTrue,
            Reason = reasons.Count == 0 ? null : string.Join("; ", reasons),
            ProvenancePath = ProvenancePathOf(plan),
        };
        return Finish(plan, result, ResultWarnings.For(result, saved.Verification, plan.Options));
    }

    private static SavedResult Finish(ResultPlan plan, IExecTaskResult result, IReadOnlyList<string> warnings)
    {
        if (plan.Options.Provenance)
            ProvenanceFile.Write(plan.Task, result);
        return new(result, warnings);
    }

    private static string? ProvenancePathOf(ResultPlan plan) => plan.Options.Provenance ? ProvenanceFile.PathOf(plan.Target) : null;

    private static bool IsEmpty(string path) => new FileInfo(path) is { Exists: true, Length: 0 };

    private static IExecException Mismatch(ResultPlan plan, string reason) =>
        new(IExecErrorId.DigestMismatch, $"The result of task {plan.Task.TaskId} was not saved: {reason}.");
}
