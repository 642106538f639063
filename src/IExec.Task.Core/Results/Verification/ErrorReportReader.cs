using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Download;
using IExec.Tasks.Results.Ipfs;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Results.Verification;

/// <summary>
/// Reads the error report that a worker stores as the result of a task whose preparation failed (iexec-worker, <c>error.txt</c>). Its archive fits into one
/// block: more is not requested, and nothing is written to disk. One instance serves one command.
/// </summary>
internal sealed class ErrorReportReader(IExecSession session)
{
    /// <summary>After this many tasks in a row whose result no gateway delivered, no more requests are made.</summary>
    private const int MostFailures = 3;

    /// <summary>The maximum length of an expanded report.</summary>
    private const long MaximumLength = 1024 * 1024;

    private int _failures;

    /// <summary>Reads the report.</summary>
    /// <param name="task">A completed task.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its first lines, safe to show; null when the result is not on IPFS, or not a report that the workers agreed on.</returns>
    /// <exception cref="IExecException">ResultLocationInvalid, GatewayError, ResultCorrupt.</exception>
    public async Task<string?> ReadAsync(IExecTask task, CancellationToken cancellationToken)
    {
        if (task.Result is not { Storage: "ipfs", Location: { } text })
            return null;
        var location = ResultLocation.Parse(text);
        if (location.Path.Count > 0)
            throw ResultLocation.Unsupported(text, "a report would be the file that the CID names");

        var block = location.Root.IsInline ? location.Root.Digest : await FetchAsync(location, cancellationToken).ConfigureAwait(false);
        try
        {
            var node = UnixFsNode.Read(location.Root, block);
            if (!node.IsFile || node.Links.Count > 0)
                return null;
            using var archive = ResultArchive.Open(new MemoryStream(node.Content.ToArray(), writable: false));
            var verification = new DigestVerifier(task, MaximumLength).Verify(archive, new TransferMeter(SaveStage.Verifying, null), cancellationToken);
            return verification.IsTrue == true ? verification.ErrorText : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private async Task<ReadOnlyMemory<byte>> FetchAsync(ResultLocation location, CancellationToken cancellationToken)
    {
        var gateways = Gateway.AllOf(session);
        if (_failures >= MostFailures)
            throw new IExecException(IExecErrorId.GatewayError, $"It was not read, since no gateway delivered the {MostFailures} before it.");

        var retry = new RetryPolicy(session.Connection.MaximumRetryCount);
        var reasons = new List<string>();
        foreach (var gateway in gateways)
        {
            try
            {
                var block = await gateway.RetryAsync(location, () => gateway.GetBlockAsync(location.Root, cancellationToken), retry, cancellationToken).ConfigureAwait(false);
                _failures = 0;
                return location.Root.Names(block) ? block : throw new IExecException(IExecErrorId.ResultCorrupt, $"A block does not match its CID {location.Root}.");
            }
            catch (Exception exception) when (exception is HttpFailureException or BlockSourceException or IExecException { ErrorId: IExecErrorId.ResultCorrupt })
            {
                session.Diagnostics.Verbose($"{gateway.Name} could not deliver the result: {exception.Message}");
                reasons.Add(exception.Message);
            }
        }

        Interlocked.Increment(ref _failures);
        throw new IExecException(IExecErrorId.GatewayError, $"No gateway delivered '{location}': {string.Join(" ", reasons.Distinct(StringComparer.Ordinal))}");
    }
}
