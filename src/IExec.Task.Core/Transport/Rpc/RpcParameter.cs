using System;
using System.Buffers;
using System.Collections;
using System.Collections.Generic;
using System.Numerics;
using System.Text.Json;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>Writes the parameters of requests as JSON (EIP-1474).</summary>
internal static class RpcParameter
{
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case ulong quantity: writer.WriteStringValue(Quantity.Encode(quantity)); break;
            case BigInteger quantity: writer.WriteStringValue(Quantity.Encode(quantity)); break;
            case byte[] data: WriteData(writer, data); break;
            case ReadOnlyMemory<byte> data: WriteData(writer, data.Span); break;
            case Bytes32 or Address: writer.WriteStringValue(value.ToString()); break;
            case IReadOnlyDictionary<string, object?> members: WriteObject(writer, members); break;
            case IEnumerable items: WriteArray(writer, items); break;
            default: throw new ArgumentException($"No JSON is defined for {value.GetType()}.", nameof(value));
        }
    }

    /// <summary>Calldata of many reads is long, so it is written without an intermediate string.</summary>
    private static void WriteData(Utf8JsonWriter writer, ReadOnlySpan<byte> data)
    {
        var length = 2 + Hex.Length(data.Length);
        var json = ArrayPool<byte>.Shared.Rent(length);
        json[0] = json[length - 1] = (byte)'"';
        Hex.Encode(data, json.AsSpan(1));
        writer.WriteRawValue(json.AsSpan(0, length), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(json);
    }

    private static void WriteObject(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> members)
    {
        writer.WriteStartObject();
        foreach (var member in members)
        {
            writer.WritePropertyName(member.Key);
            Write(writer, member.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, IEnumerable items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            Write(writer, item);
        writer.WriteEndArray();
    }
}
