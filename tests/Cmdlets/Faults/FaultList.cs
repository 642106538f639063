using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>Every fault of the matrix.</summary>
internal static class FaultList
{
    public const string Html = "HTML";

    private const int Mebibyte = 1024 * 1024;
    private static readonly byte[] Spaces = Encoding.ASCII.GetBytes(new string(' ', Mebibyte));
    private static readonly byte[] Bomb = Compress(new byte[100 * Mebibyte]);

    /// <param name="elsewhere">The target of redirects.</param>
    public static IReadOnlyList<Fault> All(Uri elsewhere) =>
    [
        new("refused", FaultKind.Unreachable, AsIs) { ClosePort = proxy => proxy.Refuse() },
        new("connect timeout", FaultKind.Unreachable, AsIs) { ClosePort = proxy => proxy.Ignore(), TakesTime = true },
        new("DNS failure", FaultKind.WrongUrl, AsIs) { BreakUrl = url => new UriBuilder(url) { Host = "service.invalid" }.Uri },
        new("TLS failure", FaultKind.WrongUrl, AsIs) { BreakUrl = url => new UriBuilder(url) { Scheme = Uri.UriSchemeHttps }.Uri },
        new("reset", FaultKind.Transient, (_, reply) => reply with { Reset = true }),
        new("idle timeout", FaultKind.Transient, (_, reply) => reply with { Delay = Timeout.InfiniteTimeSpan }) { TakesTime = true },
        new("slow body", FaultKind.Truncated, (_, reply) => reply with { DelayInBody = Timeout.InfiniteTimeSpan }) { TakesTime = true },
        new("truncated body", FaultKind.Truncated, (_, reply) => reply with { TruncateAfter = reply.Body.Length / 2 }),
        .. new[] { 408, 500, 502, 503 }.Select(status => Status(status, FaultKind.Transient)),
        Status(429, FaultKind.Transient) with { IsRateLimit = true },
        new("429 with Retry-After", FaultKind.Transient, (_, _) => ScriptedReply.WithStatus(HttpStatusCode.TooManyRequests).With("Retry-After", "1")) { IsRateLimit = true },
        .. new[] { 401, 403, 404, 413 }.Select(status => Status(status, FaultKind.Rejected)),
        new("301 to another host", FaultKind.Rejected, (_, _) => ScriptedReply.Redirect(HttpStatusCode.MovedPermanently, elsewhere.AbsoluteUri)) { Status = 301 },
        new("empty body", FaultKind.Malformed, (_, reply) => reply with { Body = [] }),
        new(Html, FaultKind.Malformed, (_, _) => ScriptedReply.WithStatus(HttpStatusCode.OK, "<html><body>Welcome</body></html>", "text/html")),
        new("wrong content type", FaultKind.Harmless, (_, reply) => reply with { ContentType = "text/plain" }),
        new("100 MB body", FaultKind.TooLarge, (_, reply) => reply with { Body = Spaces, Repeat = 100 }),
        new("gzip bomb", FaultKind.TooLarge, (_, reply) => (reply with { Body = Bomb, Repeat = 100 }).With("Content-Encoding", "gzip")),
        new("wrong shape", FaultKind.WrongContent, (_, reply) => SetMember(reply, "result", new JsonObject { ["unexpected"] = 1 })) { AppliesTo = SpeaksJson },
        new("deep nesting", FaultKind.Malformed, (_, reply) => Replace(reply, Text(reply)[..^1] + ",\"x\":" + new string('[', 10_000))) { AppliesTo = SpeaksJson },
        new("duplicate keys", FaultKind.Ambiguous, (_, reply) => Replace(reply, DuplicateKeys(Text(reply)))) { AppliesTo = SpeaksJson },
        new("invalid UTF-8", FaultKind.InvalidText, (_, reply) => reply with { Body = AppendInvalidUtf8(reply.Body) }) { AppliesTo = SpeaksJson },
        new("wrong id", FaultKind.Malformed, (_, reply) => SetMember(reply, "id", 987_654_321)) { AppliesTo = IsNode },
        new("null result", FaultKind.WrongContent, (_, reply) => SetMember(reply, "result", null)) { AppliesTo = IsNode },
        NodeError(-32005, "limit exceeded") with { IsRateLimit = true },
        NodeError(-32000, "header not found"),
        NodeError(-32603, "Internal error"),
        new("batch answer missing", FaultKind.Malformed, (_, reply) => Batch(reply, answers => answers.Skip(1))) { AppliesTo = IsBatch },
        new("batch answer too many", FaultKind.Malformed, (_, reply) => Batch(reply, answers => answers.Append(JsonNode.Parse("""{"jsonrpc":"2.0","id":987654321,"result":"0x"}"""))))
        {
            AppliesTo = IsBatch,
        },
        new("batch reordered", FaultKind.Harmless, (_, reply) => Batch(reply, answers => answers.Reverse())) { AppliesTo = IsBatch },
    ];

    private static Fault Status(int status, FaultKind kind) =>
        new($"{status}", kind, (_, _) => ScriptedReply.WithStatus((HttpStatusCode)status)) { Status = status };

    private static Fault NodeError(int code, string message) => new(
        $"error {code}",
        FaultKind.NodeError,
        (_, reply) => SetMember(reply, "error", new JsonObject { ["code"] = code, ["message"] = message })) { AppliesTo = IsNode };

    private static bool IsNode(Step step) => step.Service == Service.Node;

    private static bool IsBatch(Step step) => step.IsBatch;

    private static bool SpeaksJson(Step step) => step.Service != Service.Gateway;

    private static ScriptedReply AsIs(RecordedRequest request, ScriptedReply reply) => reply;

    private static string Text(ScriptedReply reply) => Encoding.UTF8.GetString(reply.Body);

    private static ScriptedReply Replace(ScriptedReply reply, string text) => reply with { Body = Encoding.UTF8.GetBytes(text) };

    /// <summary>Replaces the result of every JSON-RPC response by this member; a response that is not JSON-RPC becomes the value alone.</summary>
    private static ScriptedReply SetMember(ScriptedReply reply, string name, JsonNode? value)
    {
        var json = JsonNode.Parse(reply.Body)!;
        foreach (var answer in (json as JsonArray ?? [json.DeepClone()]).OfType<JsonObject>().Where(answer => answer.ContainsKey("jsonrpc")))
        {
            answer.Remove("result");
            answer[name] = value?.DeepClone();
            if (json is JsonObject)
                return Replace(reply, answer.ToJsonString());
        }

        return Replace(reply, (json is JsonArray ? json : value)!.ToJsonString());
    }

    private static ScriptedReply Batch(ScriptedReply reply, Func<IEnumerable<JsonNode?>, IEnumerable<JsonNode?>> change) =>
        Replace(reply, new JsonArray([.. change(JsonNode.Parse(reply.Body)!.AsArray()).Select(answer => answer!.DeepClone())]).ToJsonString());

    /// <summary>Writes the members of an object, or of the first of a list, twice.</summary>
    private static string DuplicateKeys(string json)
    {
        var (start, end) = (json.IndexOf('{', StringComparison.Ordinal), json.LastIndexOf('}'));
        return json[..end] + "," + json[(start + 1)..];
    }

    /// <summary>Puts two bytes that are not valid UTF-8 at the end of the last string.</summary>
    private static byte[] AppendInvalidUtf8(byte[] json)
    {
        var end = json.AsSpan().LastIndexOf((byte)'"');
        return [.. json[..end], 0xc3, 0x28, .. json[end..]];
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return compressed.ToArray();
    }
}
