using System;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>What a node answered.</summary>
/// <param name="Utf8">The JSON.</param>
/// <param name="Secrets">What must not be shown of it.</param>
internal sealed record RpcAnswer(ReadOnlyMemory<byte> Utf8, UrlSecrets Secrets);
