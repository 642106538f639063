using System;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>A request or a batch to send, with what every attempt needs.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Payload">Its JSON, with its ids.</param>
/// <param name="MayRepeat">Whether it may be sent again even if a node has executed it.</param>
/// <param name="IsBatch">Whether it is a batch.</param>
/// <param name="Read">Reads the response.</param>
internal sealed record RpcWork<T>(string Name, RpcPayload Payload, bool MayRepeat, bool IsBatch, Func<RpcAnswer, T> Read);
