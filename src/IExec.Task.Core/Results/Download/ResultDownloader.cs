using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Ipfs;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Results.Download;

/// <summary>Downloads a result from the first gateway that delivers it.</summary>
/// <param name="gateways">The gateways in the order they are tried.</param>
/// <param name="options">Limits, retries, progress and messages.</param>
internal sealed class ResultDownloader(IReadOnlyList<Gateway> gateways, DownloadOptions options)
{
    /// <summary>Downloads and verifies. Only when no gateway serves blocks is the plain file downloaded, and its CID computed.</summary>
    /// <exception cref="IExecException">
    /// <see cref="IExecErrorId.ResultCorrupt"/> when the content from a gateway did not match the CID, and no other gateway delivered it;
    /// <see cref="IExecErrorId.GatewayError"/> or <see cref="IExecErrorId.RateLimited"/> when none delivered.
    /// </exception>
    public async Task<DownloadOutcome> DownloadVerifiedAsync(ResultLocation location, PartialFile target, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        var withoutBlocks = new List<Gateway>();
        foreach (var gateway in gateways)
        {
            try
            {
                var download = new GatewayDownload(gateway, location, target, options);
                return new(await download.CopyVerifiedAsync(cancellationToken).ConfigureAwait(false), true, null);
            }
            catch (BlockSourceException e)
            {
                options.Diagnostics.Verbose($"{gateway.Name} serves no blocks: {e.Message}");
                withoutBlocks.Add(gateway);
            }
            catch (Exception e) when (IsGatewaysFault(e))
            {
                await NoteAsync(failures, gateway, target, e).ConfigureAwait(false);
            }
        }

        foreach (var gateway in withoutBlocks)
        {
            try
            {
                var download = new GatewayDownload(gateway, location, target, options);
                var length = await download.CopyPlainAsync(cancellationToken).ConfigureAwait(false);
                var doubt = await download.ReimportAsync(length, cancellationToken).ConfigureAwait(false);
                return new(length, doubt is null ? true : null, doubt);
            }
            catch (Exception e) when (IsGatewaysFault(e))
            {
                await NoteAsync(failures, gateway, target, e).ConfigureAwait(false);
            }
        }

        throw Summarise(location, failures);
    }

    /// <summary>Downloads the plain file without verification.</summary>
    /// <exception cref="IExecException">As the verified download.</exception>
    public async Task<DownloadOutcome> DownloadUnverifiedAsync(ResultLocation location, PartialFile target, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var gateway in gateways)
        {
            try
            {
                var download = new GatewayDownload(gateway, location, target, options);
                return new(await download.CopyPlainAsync(cancellationToken).ConfigureAwait(false), null, "verification was skipped");
            }
            catch (Exception e) when (IsGatewaysFault(e))
            {
                await NoteAsync(failures, gateway, target, e).ConfigureAwait(false);
            }
        }

        throw Summarise(location, failures);
    }

    private static bool IsGatewaysFault(Exception e) =>
        e is HttpFailureException or BlockSourceException or IExecException { ErrorId: IExecErrorId.ResultCorrupt };

    private async Task NoteAsync(List<Exception> failures, Gateway gateway, PartialFile target, Exception e)
    {
        options.Diagnostics.Verbose($"{gateway.Name} could not deliver the result: {e.Message}");
        failures.Add(e);
        if (e is IExecException)
            await target.ClearAsync().ConfigureAwait(false);
    }

    private IExecException Summarise(ResultLocation location, List<Exception> failures)
    {
        var reasons = string.Join(" ", failures.Select(failure => failure.Message).Distinct(StringComparer.Ordinal));
        if (failures.OfType<IExecException>().FirstOrDefault() is { } corrupt)
            return new(IExecErrorId.ResultCorrupt, $"The content of '{location}' does not match its CID, and nothing was kept: {reasons}", innerException: corrupt);

        var isRateLimit = failures.Count > 0 && failures.TrueForAll(failure => failure is HttpFailureException { IsRateLimit: true });
        return new(
            isRateLimit ? IExecErrorId.RateLimited : IExecErrorId.GatewayError,
            $"No gateway delivered '{location}' ({string.Join(", ", gateways.Select(gateway => gateway.Name))}): {reasons}",
            innerException: failures.LastOrDefault());
    }
}
