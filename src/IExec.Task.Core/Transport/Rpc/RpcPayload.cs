using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>The JSON of a request or a batch.</summary>
/// <param name="Utf8">Its JSON.</param>
/// <param name="FirstId">The id of the request, or of the first one of the batch; the others follow.</param>
/// <param name="Count">The number of requests.</param>
internal readonly record struct RpcPayload(ReadOnlyMemory<byte> Utf8, long FirstId, int Count)
{
    /// <summary>The maximum length in bytes; callers keep their batches well below it.</summary>
    public const int LargestRequest = 16 * 1024 * 1024;

    /// <summary>A single request.</summary>
    public static RpcPayload Of(RpcRequest request, long id) => new(Serialize(writer => request.Write(writer, id)), id, 1);

    /// <summary>A batch.</summary>
    public static RpcPayload Of(IReadOnlyList<RpcRequest> requests, long firstId)
    {
        var utf8 = Serialize(writer =>
        {
            writer.WriteStartArray();
            for (var i = 0; i < requests.Count; i++)
                requests[i].Write(writer, firstId + i);
            writer.WriteEndArray();
        });
        return new RpcPayload(utf8, firstId, requests.Count);
    }

    /// <summary>Whether this is the id of one of its requests.</summary>
    public bool Holds(long id) => id >= FirstId && id - FirstId < Count;

    private static ReadOnlyMemory<byte> Serialize(Action<Utf8JsonWriter> write)
    {
        var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            write(writer);
        if (stream.Length > LargestRequest)
            throw new ArgumentException($"The request is larger than {LargestRequest} bytes.", nameof(write));
        return stream.GetBuffer().AsMemory(0, (int)stream.Length);
    }
}
