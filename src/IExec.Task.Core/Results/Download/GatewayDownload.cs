using System;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Ipfs;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Results.Download;

/// <summary>The download of one result from one gateway.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="location">What to download.</param>
/// <param name="target">Where to.</param>
/// <param name="options">Limits, retries, and who hears of it.</param>
internal sealed class GatewayDownload(Gateway gateway, ResultLocation location, PartialFile target, DownloadOptions options)
{
    private readonly TransferMeter _meter = new(SaveStage.Downloading, options.Progress);

    /// <summary>
    /// Downloads from verified blocks: all in one stream (CAR), else one by one. Whatever way breaks off, what it wrote is verified,
    /// and the other goes on from there. A CAR always begins at the file's beginning, so what an earlier run left is gone on with block by block.
    /// </summary>
    /// <exception cref="BlockSourceException">The gateway offers no blocks in either way.</exception>
    /// <exception cref="HttpFailureException">It does not answer, or not with the file.</exception>
    /// <exception cref="IExecException"><see cref="IExecErrorId.ResultCorrupt"/>, or the file cannot be taken.</exception>
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

    /// <summary>Downloads the plain file, again and again from where it broke.</summary>
    /// <exception cref="HttpFailureException">The gateway does not answer, or not with the file.</exception>
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

    /// <summary>Imports the plain file again in the layouts that its CID may have been made with.</summary>
    /// <returns>Null when the CID is that of the file, else why that cannot be told.</returns>
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
