using System;
using System.Text.Json;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>The error object of JSON-RPC 2.0.</summary>
/// <param name="Code">Its code; 0 when it has none.</param>
/// <param name="Message">Its message, as the node wrote it.</param>
/// <param name="Data">Its data when that is text, or text in a member <c>data</c> of an object, as hardhat and others return it.</param>
internal sealed record RpcError(long Code, string Message, string? Data)
{
    /// <summary>Reads the error object at the reader's position.</summary>
    /// <exception cref="JsonException">It is not an object, or contains invalid Unicode.</exception>
    public static RpcError Read(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return Read(document.RootElement);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("The error cannot be read.", exception);
        }
    }

    /// <summary>The error for the caller, with the node's text made safe to show.</summary>
    public RpcException ToException(UrlSecrets secrets, bool isBatchRefusal) =>
        new(Code, Redaction.Untrusted(secrets.Hide(Message)), Data is null ? null : secrets.Hide(Data), isBatchRefusal);

    private static RpcError Read(JsonElement error)
    {
        var code = error.TryGetProperty("code", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var value) ? value : 0;
        var message = Text(error, "message");
        return new RpcError(code, string.IsNullOrWhiteSpace(message) ? "no reason given" : message!, FindData(error));
    }

    private static string? FindData(JsonElement error) =>
        error.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? Text(data, "data") : Text(error, "data");

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
