using System;
using System.Numerics;
using System.Text;
using System.Text.Json;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>A node's answer to one request: a result, still as JSON, or an error.</summary>
internal sealed class RpcReply
{
    /// <summary>How much of an invalid result is shown.</summary>
    private const int LongestQuote = 80;

    /// <summary>How much of a result is searched for secrets: enough for any secret that begins in the shown part.</summary>
    private const int LongestSearched = 4096;

    private readonly ReadOnlyMemory<byte> _result;
    private readonly UrlSecrets? _secrets;

    public RpcReply(string method, ReadOnlyMemory<byte> result, UrlSecrets secrets)
    {
        Method = method;
        _result = result;
        _secrets = secrets;
    }

    public RpcReply(string method, RpcException error)
    {
        Method = method;
        Error = error;
    }

    /// <summary>The method that was called.</summary>
    public string Method { get; }

    /// <summary>The node's error, which every getter of the result throws; null when there is a result.</summary>
    public RpcException? Error { get; }

    /// <summary>The UTF-8 JSON of the result, a slice of the response.</summary>
    public ReadOnlyMemory<byte> Result => Error is null ? _result : throw Error;

    /// <summary>Whether the result is <c>null</c>: no such block, no such transaction.</summary>
    public bool IsNull => Result.Span.SequenceEqual("null"u8);

    /// <summary>The bytes of a <c>0x…</c> string, decoded directly from the response.</summary>
    public byte[] GetHexBytes()
    {
        var text = GetUtf8();
        if (text.Length < 2 || text.Length % 2 != 0)
            throw NotA("data");
        var bytes = new byte[(text.Length - 2) / 2];
        return Hex.TryDecode(text, bytes) ? bytes : throw NotA("data");
    }

    public BigInteger GetQuantity() => Quantity.TryDecode(GetUtf8(), out var value) ? value : throw NotA("a quantity");

    public ulong GetUInt64() => GetQuantity() is var value && value <= ulong.MaxValue ? (ulong)value : throw NotA("a 64-bit quantity");

    public Bytes32 GetBytes32()
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        return Hex.TryDecode(GetUtf8(), bytes) ? new Bytes32(bytes) : throw NotA("32 bytes");
    }

    /// <summary>The result as a JSON value that is independent of the reply: a block, a receipt, logs. All strings in it are valid Unicode.</summary>
    public JsonElement GetJson()
    {
        if (!IsUnicode(Result.Span))
            throw NotA("Unicode text");
        using var document = JsonDocument.Parse(Result);
        return document.RootElement.Clone();
    }

    /// <summary>Well-formed JSON may still contain invalid UTF-8 and lone surrogates, on which later code would throw.</summary>
    private static bool IsUnicode(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
                    reader.GetString();
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The text between the quotes. An escape is not decoded; callers reject it as an invalid digit.</summary>
    private ReadOnlySpan<byte> GetUtf8()
    {
        var json = Result.Span;
        return json[0] == '"' ? json.Slice(1, json.Length - 2) : throw NotA("text");
    }

    private IExecException NotA(string what)
    {
        var start = _secrets!.Hide(Encoding.UTF8.GetString(Result.Span.Slice(0, Math.Min(Result.Length, LongestSearched))));
        start = start.Substring(0, Math.Min(start.Length, LongestQuote));
        return new IExecException(IExecErrorId.RpcError, $"The RPC node's result of {Method} is not {what}: {Redaction.Untrusted(start)}");
    }
}
