using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Connections;

/// <summary>
/// Reads the JSON of services that nobody vouches for. The body's size is bounded before; here its depth and the lengths of its lists are. What is
/// missing is null; what is of another kind than expected makes the whole answer unreadable, except a date that is none.
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
    /// Reads a whole body. What is no character becomes U+FFFD: bytes that are no UTF-8, and escapes that are half a character, as in logs
    /// that are cut at a number of UTF-16 units. Of the latter the JSON reader would not tell before a name or a text is asked for.
    /// </summary>
    /// <exception cref="JsonException">The body is not JSON, or nested too deep.</exception>
    public static JsonDocument Parse(byte[] body) => JsonDocument.Parse(WithoutHalves(Encoding.UTF8.GetString(body)), Options);

    /// <summary>The objects in a list that is a member; none when there is no such member.</summary>
    /// <exception cref="JsonException">It is no list, too long, or holds something else than objects.</exception>
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

    /// <summary>A member that has to be there.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    public static JsonElement Required(this JsonElement element, string name) => element.Member(name) ?? throw new JsonException($"'{name}' is missing.");

    /// <summary>The objects in a list that has to be there.</summary>
    /// <exception cref="JsonException">It is not there, is no list, too long, or holds something else than objects.</exception>
    public static IEnumerable<JsonElement> RequiredObjects(this JsonElement element, string name)
    {
        element.Required(name);
        return element.Objects(name);
    }

    /// <summary>The text of a member.</summary>
    /// <exception cref="JsonException">It is no text.</exception>
    public static string? Text(this JsonElement element, string name) => element.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } member => member.GetString(),
        _ => throw new JsonException($"'{name}' is not text."),
    };

    /// <summary>The whole number in a member.</summary>
    /// <exception cref="JsonException">It is no whole number of 32 bits.</exception>
    public static int? Integer(this JsonElement element, string name) => element.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } member when member.TryGetInt32(out var number) => number,
        _ => throw new JsonException($"'{name}' is not an integer."),
    };

    /// <summary>An address in a member, EIP-55 where it is one, else as it stands.</summary>
    /// <exception cref="JsonException">It is no text.</exception>
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
            at += 2; // also past an escaped backslash, which begins nothing
        }

        return mended is null ? json : new string(mended);
    }

    /// <summary>Whether a UTF-16 unit is escaped here whose second digit is one of these; the first is D.</summary>
    private static bool IsUnit(string json, int at, string secondDigits) =>
        at + UnitLength <= json.Length
        && json[at] == '\\' && json[at + 1] == 'u' && json[at + 2] is 'd' or 'D' && secondDigits.AsSpan().IndexOf(json[at + 3]) >= 0
        && Uri.IsHexDigit(json[at + 4]) && Uri.IsHexDigit(json[at + 5]);
}
