using System;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Results.Download;

/// <summary>The options of a download from any gateway.</summary>
/// <param name="Accept">Called with the length of the file before it is written; throws when that is too long.</param>
/// <param name="Retry">How often a request is repeated.</param>
/// <param name="Progress">Receives the progress.</param>
/// <param name="Diagnostics">Receives the messages.</param>
internal sealed record DownloadOptions(Action<long> Accept, RetryPolicy Retry, IProgress<ResultProgress>? Progress, IDiagnostics Diagnostics);
