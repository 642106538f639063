using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using IExec.Tasks.Connections;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Workerpools;

/// <summary>
/// Reads the challenge string from the typed data that a scheduler sends for signing, and rejects anything that is not exactly a log challenge
/// of this chain: an order of the marketplace or a token permit has the same form.
/// </summary>
internal static class LogChallengeReader
{
    /// <summary>The servers send 44 characters.</summary>
    private const int LongestText = 1024;

    private static readonly (string Name, string Type)[] DomainType = [("name", "string"), ("version", "string"), ("chainId", "uint256")];
    private static readonly (string Name, string Type)[] ChallengeType = [("challenge", "string")];

    /// <summary>Reads the challenge.</summary>
    /// <param name="body">The response: the typed data, or an object with it as <c>data</c>.</param>
    /// <param name="chainId">The connection's chain.</param>
    /// <param name="problem">What is wrong with it, as the end of a sentence; else empty.</param>
    /// <returns>The challenge; null when it is invalid.</returns>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static LogChallenge? Read(byte[] body, long chainId, out string problem)
    {
        using var document = ServiceJson.Parse(body);
        var root = document.RootElement;
        var typedData = root.Member("types") is null && root.Member("data") is { } data ? data : root;
        problem = Problem(typedData, chainId) ?? "";
        return problem.Length == 0 ? new LogChallenge(typedData.GetProperty("message").Text("challenge")!, chainId) : null;
    }

    private static string? Problem(JsonElement typedData, long chainId)
    {
        if (!Has(typedData, ["types", "primaryType", "domain", "message"]) && !Has(typedData, ["types", "domain", "message"]))
            return "it is not typed data with types, domain and message, and nothing else";
        var types = typedData.GetProperty("types");
        if (!Has(types, ["EIP712Domain", "Challenge"]))
            return "its types are not EIP712Domain and Challenge";
        if (!IsType(types.GetProperty("EIP712Domain"), DomainType))
            return "its domain is not made of name, version and chainId";
        if (!IsType(types.GetProperty("Challenge"), ChallengeType))
            return "its struct is not one string";
        if (typedData.TryGetProperty("primaryType", out var primaryType) && !IsText(primaryType, "Challenge"))
            return "its primary type is not Challenge";
        return DomainProblem(typedData.GetProperty("domain"), chainId) ?? MessageProblem(typedData.GetProperty("message"));
    }

    private static string? DomainProblem(JsonElement domain, long chainId)
    {
        if (!Has(domain, ["name", "version", "chainId"]))
            return "its domain has not exactly name, version and chainId";
        if (!IsText(domain.GetProperty("name"), LogChallenge.DomainName) || !IsText(domain.GetProperty("version"), LogChallenge.DomainVersion))
            return $"its domain is not {LogChallenge.DomainName}, version {LogChallenge.DomainVersion}";
        return domain.GetProperty("chainId") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var number) && number == chainId
            ? null
            : $"its domain is not of chain {chainId}";
    }

    private static string? MessageProblem(JsonElement message) =>
        Has(message, ["challenge"]) && message.GetProperty("challenge") is { ValueKind: JsonValueKind.String } text && text.GetString()!.Length is > 0 and <= LongestText ? null : "its message is not one challenge string";

    /// <summary>Whether an object has just these members, each once.</summary>
    private static bool Has(JsonElement element, string[] names)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return false;
        var found = element.EnumerateObject().Select(member => member.Name).Take(names.Length + 1).ToList();
        return found.Count == names.Length && new HashSet<string>(found, StringComparer.Ordinal).SetEquals(names);
    }

    private static bool IsType(JsonElement fields, (string Name, string Type)[] expected) =>
        fields.ValueKind == JsonValueKind.Array
        && fields.GetArrayLength() == expected.Length
        && fields.EnumerateArray().Zip(
            expected,
            (field, wanted) => Has(field, ["name", "type"]) && IsText(field.GetProperty("name"), wanted.Name) && IsText(field.GetProperty("type"), wanted.Type)).All(same => same);

    private static bool IsText(JsonElement element, string text) => element.ValueKind == JsonValueKind.String && element.ValueEquals(text);
}
