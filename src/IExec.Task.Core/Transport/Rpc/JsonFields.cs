using System;
using System.Numerics;
using System.Text;
using System.Text.Json;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>Reads the members of a node's JSON objects. A member that is missing, <c>null</c> or of another type is null.</summary>
internal static class JsonFields
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static BigInteger? Quantity(this JsonElement element, string name) => element.Member(name)?.AsQuantity();

    public static Bytes32? Bytes32(this JsonElement element, string name) => element.Member(name)?.AsBytes32();

    public static Address? Address(this JsonElement element, string name) =>
        Ethereum.Address.TryParse(element.Member(name)?.AsText(), out var value) ? value : null;

    public static BigInteger? AsQuantity(this JsonElement element) =>
        element.AsText() is { } text && Ethereum.Quantity.TryDecode(Encoding.UTF8.GetBytes(text), out var quantity) ? quantity : null;

    public static Bytes32? AsBytes32(this JsonElement element) => Ethereum.Bytes32.TryParse(element.AsText(), out var value) ? value : null;

    public static string? AsText(this JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // an escape that is not valid Unicode
        }
    }
}
