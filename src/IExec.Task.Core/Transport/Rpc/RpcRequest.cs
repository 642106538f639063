using System;
using System.Collections.Generic;
using System.Text.Json;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>One request to a node.</summary>
/// <param name="method">The method, such as <c>eth_call</c>.</param>
/// <param name="parameters">
/// Its parameters. Written as JSON: null, strings, booleans, JSON numbers (<see cref="int"/>), quantities (<see cref="ulong"/>,
/// <see cref="System.Numerics.BigInteger"/>), data (<c>byte[]</c>, <see cref="ReadOnlyMemory{T}"/> of bytes, <see cref="Bytes32"/>,
/// <see cref="Address"/>), lists, and objects as dictionaries.
/// </param>
internal sealed class RpcRequest(string method, params object?[] parameters)
{
    public string Method { get; } = method;

    /// <summary>Whether it may be sent again even if the node has executed it: every method but those that send a transaction.</summary>
    public bool MayRepeat { get; } = !method.StartsWith("eth_send", StringComparison.Ordinal);

    /// <summary>A call that reads a contract.</summary>
    public static RpcRequest Call(Address to, ReadOnlyMemory<byte> data, object? block = null) =>
        new("eth_call", new Dictionary<string, object?>(StringComparer.Ordinal) { ["to"] = to, ["data"] = data }, block ?? "latest");

    /// <summary>Writes the JSON-RPC 2.0 request object.</summary>
    public void Write(Utf8JsonWriter writer, long id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WriteNumber("id", id);
        writer.WriteString("method", Method);
        writer.WritePropertyName("params");
        RpcParameter.Write(writer, parameters);
        writer.WriteEndObject();
    }
}
