using System;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>A node's response.</summary>
/// <param name="Utf8">The JSON.</param>
/// <param name="Secrets">The secrets that must not be shown if it repeats them.</param>
internal sealed record RpcAnswer(ReadOnlyMemory<byte> Utf8, UrlSecrets Secrets);
