using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using IExec.Tasks.Connections;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.Fuzzing.Targets;

/// <summary>Short texts: hexadecimal digits, addresses, quantities, names, URLs, and what is shown to the user.</summary>
internal static class TextTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("hex", Hexadecimal, typeof(FormatException)),
        new("address", ReadAddress),
        new("quantity", ReadQuantity),
        new("ens-name", ReadName),
        new("api-url", ReadUrl),
        new("shown-text", Show),
    ];

    private static void Hexadecimal(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var decoded = Hex.Decode(text);
        Require.That(string.Equals(Hex.Encode(decoded), text, StringComparison.OrdinalIgnoreCase), "what was read is written the same");
        var fromBytes = new byte[decoded.Length];
        Require.That(Hex.TryDecode(input, fromBytes) && fromBytes.SequenceEqual(decoded), "text and its UTF-8 read the same");
    }

    private static void ReadAddress(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        if (Address.TryParse(text, out var address))
            Require.That(Address.Parse(address.ToString()) == address, "an address is read as it is written");
        if (Bytes32.TryParse(text, out var value))
            Require.That(Bytes32.Parse(value.ToString()) == value, "32 bytes are read as they are written");
    }

    private static void ReadQuantity(byte[] input)
    {
        if (Quantity.TryDecode(input, out var value))
            Require.That(Quantity.TryDecode(Encoding.ASCII.GetBytes(Quantity.Encode(value)), out var again) && again == value, "a quantity is read as it is written");
    }

    /// <summary>A library implements ENSIP-15. No name from a resolver may crash it.</summary>
    private static void ReadName(byte[] input)
    {
        if (EnsName.TryHash(Encoding.UTF8.GetString(input)) is { } node)
            Require.That(node.Length == Bytes32.Size, "a node is 32 bytes");
    }

    /// <summary>What becomes of a URL that a workerpool declares, but for asking name servers.</summary>
    private static void ReadUrl(byte[] input)
    {
        if (WorkerpoolDirectory.ReadUrl(Encoding.UTF8.GetString(input)) is not { } url)
            return;
        Require.That(!Redaction.Url(url).Any(char.IsControl), "a URL is shown without control characters");
        Require.That(url.DnsSafeHost.Length > 0 && url.IdnHost.Length > 0, "a URL leads to a host");
        var combined = ServiceClient.Combine(new Uri(url.GetLeftPart(UriPartial.Path)), "/tasks/0x00");
        Require.That(combined.Host == url.Host && combined.Port == url.Port, "a path leads to the same host");
    }

    private static void Show(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        Require.That(VisibleText.Of(text).All(IsHarmless), "visible text has no control characters");
        Require.That(!Redaction.Untrusted(text).Any(char.IsControl), "a message holds no control characters");
    }

    private static bool IsHarmless(char character) => character is '\n' or '\t'
        || CharUnicodeInfo.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
