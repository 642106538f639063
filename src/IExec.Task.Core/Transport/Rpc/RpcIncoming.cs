using System;
using System.Text.Json;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>A message from a WebSocket, classified.</summary>
/// <param name="Id">The id of the request that it responds to, or of one of the batch; null when it has none.</param>
/// <param name="IsNotification">Whether it is a notification of a subscription.</param>
internal readonly record struct RpcIncoming(long? Id, bool IsNotification)
{
    /// <summary>Reads the outermost members only.</summary>
    /// <exception cref="JsonException">It is not a JSON object or an array of objects.</exception>
    public static RpcIncoming Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
            reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The message is not an object.");
        long? id = null;
        var isNotification = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // No node escapes these names, and unescaping a name can throw.
            var isId = reader.ValueSpan.SequenceEqual("id"u8);
            isNotification |= reader.ValueSpan.SequenceEqual("method"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
                id = number;
            reader.Skip();
        }

        return new RpcIncoming(id, isNotification);
    }
}
