using System;
using System.Collections.Generic;
using System.Text.Json;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>
/// Reads JSON-RPC 2.0 response objects. A response to another request, a duplicate, or invalid JSON makes the whole body invalid
/// (<see cref="JsonException"/>).
/// </summary>
internal static class RpcEnvelope
{
    /// <summary>Reads the response to one request.</summary>
    public static RpcReply ReadSingle(RpcAnswer answer, RpcRequest request, long id)
    {
        var reader = new Utf8JsonReader(answer.Utf8.Span);
        reader.Read();
        var response = RpcResponseObject.Read(ref reader, answer);
        ExpectEnd(ref reader);

        // A node that could not read the request returns an error without an id.
        if (response.Id != id && !(response.Id is null && response.Error is not null))
            throw new JsonException("The id is not the request's.");
        return response.ToReply(request.Method);
    }

    /// <summary>Reads the responses to requests with the ids from <paramref name="firstId"/> on, and sorts them into the requests' order.</summary>
    /// <exception cref="RpcException">The node returned one error for the whole batch.</exception>
    public static RpcReply[] ReadBatch(RpcAnswer answer, IReadOnlyList<RpcRequest> requests, long firstId)
    {
        var reader = new Utf8JsonReader(answer.Utf8.Span);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            throw BatchError(RpcResponseObject.Read(ref reader, answer));
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("The answer is not an array.");

        var replies = new RpcReply[requests.Count];
        var missing = replies.Length;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var response = RpcResponseObject.Read(ref reader, answer);
            if (response.Id is null)
                throw BatchError(response);
            var offset = response.Id.Value - firstId;
            if (offset < 0 || offset >= replies.Length)
                throw new JsonException("An answer is to none of the requests.");
            var index = (int)offset;
            if (replies[index] is not null)
                throw new JsonException("A request is answered twice.");
            replies[index] = response.ToReply(requests[index].Method);
            missing--;
        }

        ExpectEnd(ref reader);
        return missing == 0 ? replies : throw new JsonException($"{missing} of {replies.Length} answers are missing.");
    }

    /// <summary>The JSON-RPC error in the body of a failed HTTP request; null when there is none.</summary>
    public static RpcException? FindError(RpcAnswer answer, bool isBatch)
    {
        try
        {
            var reader = new Utf8JsonReader(answer.Utf8.Span);
            reader.Read();
            return RpcResponseObject.Read(ref reader, answer).ToException(isBatch);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Exception BatchError(RpcResponseObject response) =>
        response.ToException(isBatchRefusal: true) is { } error ? error : new JsonException("An answer has no id.");

    private static void ExpectEnd(ref Utf8JsonReader reader)
    {
        if (reader.Read())
            throw new JsonException("There is more than one JSON value.");
    }
}
