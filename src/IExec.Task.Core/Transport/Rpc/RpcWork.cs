using System;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>A request or a batch on its way: what every attempt at every node needs.</summary>
/// <param name="Name">What it is, for messages.</param>
/// <param name="Payload">Its JSON, with its ids.</param>
/// <param name="MayRepeat">Whether it may be sent again although a node may have carried it out.</param>
/// <param name="IsBatch">Whether it is a batch.</param>
/// <param name="Read">Reads the answer.</param>
internal sealed record RpcWork<T>(string Name, RpcPayload Payload, bool MayRepeat, bool IsBatch, Func<RpcAnswer, T> Read);
