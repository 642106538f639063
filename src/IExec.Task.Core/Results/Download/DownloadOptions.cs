using System;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Results.Download;

/// <summary>What holds for a download, wherever it comes from.</summary>
/// <param name="Accept">Called with the file's length before it is written; throws when it cannot be taken.</param>
/// <param name="Retry">How often a request is repeated.</param>
/// <param name="Progress">Hears how far the download is.</param>
/// <param name="Diagnostics">Hears what is done.</param>
internal sealed record DownloadOptions(Action<long> Accept, RetryPolicy Retry, IProgress<ResultProgress>? Progress, IDiagnostics Diagnostics);
