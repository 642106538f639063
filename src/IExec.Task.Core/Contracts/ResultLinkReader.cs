using System;
using System.Text;
using System.Text.Json;

namespace IExec.Tasks.Contracts;

/// <summary>
/// Reads a task's <c>results</c> bytes. The worker (iexec-worker, <c>ResultService.buildResultLink</c>) writes a JSON object with
/// <c>storage</c> and <c>location</c>; anything else is kept as text, without a storage.
/// </summary>
internal static class ResultLinkReader
{
    private const string None = "none";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IExecTaskResultLink Read(ReadOnlySpan<byte> results)
    {
        if (results.IsEmpty)
            return IExecTaskResultLink.None;
        try
        {
            var text = StrictUtf8.GetString(results);
            var (storage, location) = ReadObject(results);
            return new IExecTaskResultLink(storage ?? None, location, text);
        }
        catch (DecoderFallbackException)
        {
            return IExecTaskResultLink.None;
        }
    }

    private static (string? Storage, string? Location) ReadObject(ReadOnlySpan<byte> json)
    {
        (string? Storage, string? Location) link = default;
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isStorage = reader.ValueTextEquals("storage"u8);
                var isLocation = reader.ValueTextEquals("location"u8);
                reader.Read();
                if (isStorage)
                    link.Storage = ReadText(ref reader);
                else if (isLocation)
                    link.Location = ReadText(ref reader);
                reader.Skip();
            }

            // Data after the object makes it invalid JSON.
            return reader.Read() ? default : link;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text with a lone surrogate.
            return default;
        }
    }

    private static string? ReadText(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
}
