using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Services;

/// <summary>
/// Reads the JSON of services that nobody vouches for. The body's size is bounded before; here its depth and the lengths of its lists are. What is
/// missing or of another kind than expected is null.
/// </summary>
internal static class ServiceJson
{
    private const int MaximumDepth = 32;
    private const int MaximumListLength = 10_000;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaximumDepth };

    /// <summary>Reads a whole body. Bytes that are no UTF-8 become U+FFFD.</summary>
    /// <exception cref="JsonException">The body is not JSON, or nested too deep.</exception>
    public static JsonDocument Parse(byte[] body) => JsonDocument.Parse(Encoding.UTF8.GetString(body).TrimStart('\uFEFF'), Options);

    /// <summary>The objects in a list that is a member; none when there is no such list.</summary>
    /// <exception cref="JsonException">The list is too long.</exception>
    public static IEnumerable<JsonElement> Objects(this JsonElement element, string name)
    {
        if (element.Member(name) is not { ValueKind: JsonValueKind.Array } list) yield break;
        if (list.GetArrayLength() > MaximumListLength) throw new JsonException($"'{name}' lists more than {MaximumListLength} entries.");
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.Object) yield return entry;
        }
    }

    /// <summary>The text of a member.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } member ? Text(member) : null;

    /// <summary>The whole number in a member.</summary>
    public static int? Integer(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out var number) ? number : null;

    /// <summary>An address in a member, EIP-55 where it is one, else as it stands.</summary>
    public static string? AddressText(this JsonElement element, string name) =>
        element.Text(name) is not { } text ? null : Address.TryParse(text.ToLowerInvariant(), out var address) ? address.ToString() : text;

    /// <summary>The date in a member: ISO 8601, with any form of offset, or milliseconds since 1970. Without an offset it is UTC.</summary>
    public static DateTimeOffset? Date(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var milliseconds) => FromMilliseconds(milliseconds),
        { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParse(
            Text(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) => date,
        _ => null,
    };

    private static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    private static string Text(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(text.GetRawText());
        }
    }

    /// <summary>Logs are cut at a number of UTF-16 units, which may leave half a character: it becomes U+FFFD here, where the JSON reader gives up.</summary>
    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 1; i < raw.Length - 1; i++)
        {
            text.Append(raw[i] != '\\' ? raw[i] : raw[++i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)Convert.ToUInt16(raw.Substring((i += 4) - 3, 4), 16),
                var character => character,
            });
        }

        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
