using System;
using IExec.Tasks.Http;

namespace IExec.Tasks.Ethereum;

/// <summary>What a node answered.</summary>
/// <param name="Utf8">The JSON.</param>
/// <param name="Secrets">What must not be shown of it.</param>
internal readonly record struct RpcAnswer(ReadOnlyMemory<byte> Utf8, UrlSecrets Secrets);
