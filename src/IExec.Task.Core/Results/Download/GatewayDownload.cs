using System;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Ipfs;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Results.Download;

/// <summary>The download of one result from one gateway.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="location">What to download.</param>
/// <param name="target">The file to write.</param>
/// <param name="options">Limits, retries, progress and messages.</param>
internal sealed class GatewayDownload(Gateway gateway, ResultLocation location, PartialFile target, DownloadOptions options)
{
    private readonly TransferMeter _meter = new(SaveStage.Downloading, options.Progress);

    /// <summary>
    /// Downloads verified blocks: as one CAR, else one by one. When a CAR breaks off, what was written is verified, and the download continues
    /// block by block. A CAR always begins with the first block, so what an earlier run left is continued block by block, too.
    /// </summary>
    /// <exception cref="BlockSourceException">The gateway serves neither CARs nor single blocks.</exception>
    /// <exception cref="HttpFailureException">It does not respond, or not with the file.</exception>
    /// <exception cref="IExecException"><see cref="IExecErrorId.ResultCorrupt"/>, or the file is too long.</exception>
    public async Task<long> CopyVerifiedAsync(CancellationToken cancellationToken)
    {
        PartialNote.Write(target.Path, location, tag: null);
        if (target.LeftLength == 0)
        {
            try
            {
                return await CopyCarAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is BlockSourceException || Gateway.IsBreak(e))
            {
                options.Diagnostics.Verbose($"{gateway.Name}, CAR: {e.Message} Continuing block by block.");
                await target.KeepAsync().ConfigureAwait(false);
            }
        }

        try
        {
            return await CopySingleBlocksAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (BlockSourceException e) when (target.LeftLength > 0)
        {
            options.Diagnostics.Verbose($"{e.Message} The download starts again.");
            await target.ClearAsync().ConfigureAwait(false);
            return await CopyCarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Downloads the plain file, and after a break continues where it broke.</summary>
    /// <exception cref="HttpFailureException">The gateway does not respond, or not with the file.</exception>
    public Task<long> CopyPlainAsync(CancellationToken cancellationToken) =>
        RetryAsync(
            async () =>
            {
                _meter.Restart();
                try
                {
                    return await new PlainCopy(gateway, target, _meter, options.Accept).RunAsync(location, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when (Gateway.IsBreak(e))
                {
                    await target.KeepAsync().ConfigureAwait(false);
                    throw;
                }
            },
            cancellationToken);

    /// <summary>Computes the CID of the plain file in the layouts that it may have been imported with.</summary>
    /// <returns>Null when the CID is that of the file, else why that is not known.</returns>
    /// <exception cref="IExecException"><see cref="IExecErrorId.ResultCorrupt"/>.</exception>
    public async Task<string?> ReimportAsync(long length, CancellationToken cancellationToken)
    {
        if (location.Path.Count > 0)
            return "no gateway serves its blocks, and the CID is that of a directory around the file";

        foreach (var layout in UnixFsLayout.CandidatesFor(location.Root))
        {
            var meter = new TransferMeter(SaveStage.Verifying, options.Progress) { Total = length };
            var cid = await target.ImportAsync(layout, meter, cancellationToken).ConfigureAwait(false);
            if (cid.NamesSameBlock(location.Root))
                return null;
        }

        return location.Root.Codec == Cid.Raw
            ? throw new IExecException(IExecErrorId.ResultCorrupt, $"The file does not match its CID {location.Root}.")
            : "no gateway serves its blocks, and the CID cannot be reproduced with known UnixFS layouts";
    }

    private async Task<long> CopyCarAsync(CancellationToken cancellationToken)
    {
        _meter.Restart();
        using var source = await RetryAsync(() => gateway.OpenCarAsync(location, cancellationToken), cancellationToken).ConfigureAwait(false);
        return await new VerifiedCopy(source, target, _meter, options.Accept).RunAsync(location, cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> CopySingleBlocksAsync(CancellationToken cancellationToken)
    {
        _meter.Restart();
        using var source = new GatewayBlockSource((cid, token) => RetryAsync(() => gateway.GetBlockAsync(cid, token), token));
        return await new VerifiedCopy(source, target, _meter, options.Accept).RunAsync(location, cancellationToken).ConfigureAwait(false);
    }

    private Task<T> RetryAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken) => gateway.RetryAsync(location, attempt, options.Retry, cancellationToken);
}
