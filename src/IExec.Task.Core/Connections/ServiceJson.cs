using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Connections;

/// <summary>
/// Reads the JSON of untrusted services. The body's size was limited before; here its depth and the lengths of its lists are. A missing
/// member is null; one of the wrong type makes the whole response invalid, except for an invalid date.
/// </summary>
internal static class ServiceJson
{
    private const int MaximumDepth = 32;
    private const int MaximumListLength = 10_000;
    private const string FirstHalves = "89abAB";
    private const string SecondHalves = "cdefCDEF";
    private const string ReplacementUnit = @"\ufffd";
    private const int UnitLength = 6;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaximumDepth };

    /// <summary>
    /// Reads a whole body. Bytes that are not UTF-8 become U+FFFD, and so do escaped lone surrogates, which occur in logs that were cut at a number of
    /// UTF-16 units and which the JSON reader would report only when the string is read.
    /// </summary>
    /// <exception cref="JsonException">The body is not JSON, or nested too deep.</exception>
    public static JsonDocument Parse(byte[] body) => JsonDocument.Parse(WithoutHalves(Encoding.UTF8.GetString(body)), Options);

    /// <summary>The objects in an optional list.</summary>
    /// <exception cref="JsonException">It is not a list, is too long, or contains something other than objects.</exception>
    public static IEnumerable<JsonElement> Objects(this JsonElement element, string name)
    {
        if (element.Member(name) is not { } list)
            yield break;
        if (list.ValueKind != JsonValueKind.Array)
            throw new JsonException($"'{name}' is not a list.");
        if (list.GetArrayLength() > MaximumListLength)
            throw new JsonException($"'{name}' lists more than {MaximumListLength} entries.");
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.Null)
                continue;
            yield return entry.ValueKind == JsonValueKind.Object ? entry : throw new JsonException($"'{name}' lists something that is not an object.");
        }
    }

    /// <summary>A required member.</summary>
    /// <exception cref="JsonException">It is missing.</exception>
    public static JsonElement Required(this JsonElement element, string name) => element.Member(name) ?? throw new JsonException($"'{name}' is missing.");

    /// <summary>The objects in a required list.</summary>
    /// <exception cref="JsonException">It is missing, not a list, too long, or contains something other than objects.</exception>
    public static IEnumerable<JsonElement> RequiredObjects(this JsonElement element, string name)
    {
        element.Required(name);
        return element.Objects(name);
    }

    /// <summary>The text of a member.</summary>
    /// <exception cref="JsonException">It is not text.</exception>
    public static string? Text(this JsonElement element, string name) => element.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } member => member.GetString(),
        _ => throw new JsonException($"'{name}' is not text."),
    };

    /// <summary>The whole number in a member.</summary>
    /// <exception cref="JsonException">It is not a 32-bit integer.</exception>
    public static int? Integer(this JsonElement element, string name) => element.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } member when member.TryGetInt32(out var number) => number,
        _ => throw new JsonException($"'{name}' is not an integer."),
    };

    /// <summary>The text of a member; an address is returned with its EIP-55 checksum.</summary>
    /// <exception cref="JsonException">It is not text.</exception>
    public static string? AddressText(this JsonElement element, string name) =>
        element.Text(name) is not { } text ? null : Address.TryParse(text.ToLowerInvariant(), out var address) ? address.ToString() : text;

    /// <summary>The date in a member: ISO 8601, with any form of offset, or milliseconds since 1970. Without an offset it is UTC.</summary>
    public static DateTimeOffset? Date(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var milliseconds) => FromMilliseconds(milliseconds),
        { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParse(
            text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) => date,
        _ => null,
    };

    private static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    private static string WithoutHalves(string json)
    {
        char[]? mended = null;
        for (var at = json.IndexOf('\\'); at >= 0; at = at < json.Length ? json.IndexOf('\\', at) : -1)
        {
            if (IsUnit(json, at, FirstHalves) && IsUnit(json, at + UnitLength, SecondHalves))
            {
                at += 2 * UnitLength;
                continue;
            }

            if (IsUnit(json, at, FirstHalves) || IsUnit(json, at, SecondHalves))
                ReplacementUnit.CopyTo(0, mended ??= json.ToCharArray(), at, UnitLength);
            at += 2; // also past an escaped backslash, which starts no escape
        }

        return mended is null ? json : new string(mended);
    }

    /// <summary>Whether an escaped UTF-16 unit starts here whose first digit is D and whose second is one of these.</summary>
    private static bool IsUnit(string json, int at, string secondDigits) =>
        at + UnitLength <= json.Length
        && json[at] == '\\' && json[at + 1] == 'u' && json[at + 2] is 'd' or 'D' && secondDigits.AsSpan().IndexOf(json[at + 3]) >= 0
        && Uri.IsHexDigit(json[at + 4]) && Uri.IsHexDigit(json[at + 5]);
}
