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

    /// <param name="elsewhere">Where a redirect leads to.</param>
    public static IReadOnlyList<Fault> All(Uri elsewhere) =>
    [
        new("refused", Nature.Unreachable, AsIs) { Close = proxy => proxy.Refuse() },
        new("connect timeout", Nature.Unreachable, AsIs) { Close = proxy => proxy.Ignore(), TakesTime = true },
        new("DNS failure", Nature.WrongUrl, AsIs) { Mislead = url => new UriBuilder(url) { Host = "service.invalid" }.Uri },
        new("TLS failure", Nature.WrongUrl, AsIs) { Mislead = url => new UriBuilder(url) { Scheme = Uri.UriSchemeHttps }.Uri },
        new("reset", Nature.Passing, (_, reply) => reply with { Reset = true }),
        new("idle timeout", Nature.Passing, (_, reply) => reply with { Delay = Timeout.InfiniteTimeSpan }) { TakesTime = true },
        new("slow body", Nature.BreaksOff, (_, reply) => reply with { DelayInBody = Timeout.InfiniteTimeSpan }) { TakesTime = true },
        new("truncated body", Nature.BreaksOff, (_, reply) => reply with { TruncateAfter = reply.Body.Length / 2 }),
        .. new[] { 408, 500, 502, 503 }.Select(status => Status(status, Nature.Passing)),
        Status(429, Nature.Passing) with { IsRateLimit = true },
        new("429 with Retry-After", Nature.Passing, (_, _) => ScriptedReply.WithStatus(HttpStatusCode.TooManyRequests).With("Retry-After", "1")) { IsRateLimit = true },
        .. new[] { 401, 403, 404, 413 }.Select(status => Status(status, Nature.Refusal)),
        new("301 to another host", Nature.Refusal, (_, _) => ScriptedReply.Redirect(HttpStatusCode.MovedPermanently, elsewhere.AbsoluteUri)) { Status = 301 },
        new("empty body", Nature.Nonsense, (_, reply) => reply with { Body = [] }),
        new(Html, Nature.Nonsense, (_, _) => ScriptedReply.WithStatus(HttpStatusCode.OK, "<html><body>Welcome</body></html>", "text/html")),
        new("wrong content type", Nature.Harmless, (_, reply) => reply with { ContentType = "text/plain" }),
        new("100 MB body", Nature.TooLarge, (_, reply) => reply with { Body = Spaces, Repeat = 100 }),
        new("gzip bomb", Nature.TooLarge, (_, reply) => (reply with { Body = Bomb, Repeat = 100 }).With("Content-Encoding", "gzip")),
        new("wrong shape", Nature.WrongContent, (_, reply) => Spoil(reply, "result", new JsonObject { ["unexpected"] = 1 })) { Concerns = SpeaksJson },
        new("deep nesting", Nature.Nonsense, (_, reply) => Replace(reply, Text(reply)[..^1] + ",\"x\":" + new string('[', 10_000))) { Concerns = SpeaksJson },
        new("duplicate keys", Nature.Ambiguous, (_, reply) => Replace(reply, Twice(Text(reply)))) { Concerns = SpeaksJson },
        new("invalid UTF-8", Nature.BadText, (_, reply) => reply with { Body = SpoilText(reply.Body) }) { Concerns = SpeaksJson },
        new("wrong id", Nature.Nonsense, (_, reply) => Spoil(reply, "id", 987_654_321)) { Concerns = IsNode },
        new("null result", Nature.WrongContent, (_, reply) => Spoil(reply, "result", null)) { Concerns = IsNode },
        NodeError(-32005, "limit exceeded") with { IsRateLimit = true },
        NodeError(-32000, "header not found"),
        NodeError(-32603, "Internal error"),
        new("batch answer missing", Nature.Nonsense, (_, reply) => Batch(reply, answers => answers.Skip(1))) { Concerns = IsBatch },
        new("batch answer too many", Nature.Nonsense, (_, reply) => Batch(reply, answers => answers.Append(JsonNode.Parse("""{"jsonrpc":"2.0","id":987654321,"result":"0x"}"""))))
        {
            Concerns = IsBatch,
        },
        new("batch reordered", Nature.Harmless, (_, reply) => Batch(reply, answers => answers.Reverse())) { Concerns = IsBatch },
    ];

    private static Fault Status(int status, Nature nature) =>
        new($"{status}", nature, (_, _) => ScriptedReply.WithStatus((HttpStatusCode)status)) { Status = status };

    private static Fault NodeError(int code, string message) => new(
        $"error {code}",
        Nature.NodeError,
        (_, reply) => Spoil(reply, "error", new JsonObject { ["code"] = code, ["message"] = message })) { Concerns = IsNode };

    private static bool IsNode(Step step) => step.Service == Service.Node;

    private static bool IsBatch(Step step) => step.IsBatch;

    private static bool SpeaksJson(Step step) => step.Service != Service.Gateway;

    private static ScriptedReply AsIs(RecordedRequest request, ScriptedReply reply) => reply;

    private static string Text(ScriptedReply reply) => Encoding.UTF8.GetString(reply.Body);

    private static ScriptedReply Replace(ScriptedReply reply, string text) => reply with { Body = Encoding.UTF8.GetBytes(text) };

    /// <summary>Changes a member of every JSON-RPC answer; an answer that is none becomes the value alone.</summary>
    private static ScriptedReply Spoil(ScriptedReply reply, string name, JsonNode? value)
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
    private static string Twice(string json)
    {
        var (start, end) = (json.IndexOf('{', StringComparison.Ordinal), json.LastIndexOf('}'));
        return json[..end] + "," + json[(start + 1)..];
    }

    /// <summary>Puts two bytes that are no UTF-8 at the end of the last text.</summary>
    private static byte[] SpoilText(byte[] json)
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
