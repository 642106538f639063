using System;
using System.Text.Json;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>A response object of JSON-RPC 2.0: an id, and a result or an error.</summary>
internal readonly ref struct RpcResponseObject
{
    private readonly ReadOnlyMemory<byte>? _result;
    private readonly UrlSecrets _secrets;

    private RpcResponseObject(long? id, ReadOnlyMemory<byte>? result, RpcError? error, UrlSecrets secrets)
    {
        _secrets = secrets;
        Id = id;
        _result = result;
        Error = error;
    }

    /// <summary>The id; null when the node could not read the request.</summary>
    public long? Id { get; }

    public RpcError? Error { get; }

    public RpcReply ToReply(string method)
    {
        if (ToException() is { } error)
            return new RpcReply(method, error);
        return _result is { } result ? new RpcReply(method, result, _secrets) : throw new JsonException("There is neither a result nor an error.");
    }

    /// <summary>The error for the caller; null when there is none.</summary>
    public RpcException? ToException(bool isBatchRefusal = false) => Error?.ToException(_secrets, isBatchRefusal);

    /// <summary>Reads the object at the reader's position. The result is a slice of the response, and is not parsed.</summary>
    public static RpcResponseObject Read(ref Utf8JsonReader reader, RpcAnswer answer)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The answer is not an object.");
        long? id = null;
        ReadOnlyMemory<byte>? result = null;
        RpcError? error = null;
        bool hasId = false, hasError = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsNamed(ref reader, "id"u8))
            {
                Once(ref hasId);
                reader.Read();
                id = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;
            }
            else if (IsNamed(ref reader, "error"u8))
            {
                Once(ref hasError);
                reader.Read();
                error = reader.TokenType == JsonTokenType.Null ? null : RpcError.Read(ref reader);
            }
            else if (IsNamed(ref reader, "result"u8))
            {
                if (result is not null)
                    throw new JsonException("There are two results.");
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                result = answer.Utf8.Slice(start, (int)reader.BytesConsumed - start);
            }
            else
            {
                reader.Skip();
            }
        }

        return new RpcResponseObject(id, result, error, answer.Secrets);
    }

    // No node escapes these names, and unescaping a name can throw.
    private static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueSpan.SequenceEqual(name);

    private static void Once(ref bool isSeen)
    {
        if (isSeen)
            throw new JsonException("A member comes twice.");
        isSeen = true;
    }
}
