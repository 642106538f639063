using System;
using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace IExec.Tasks.Fakes;

/// <summary>A response of the server, with its faults.</summary>
public sealed record ScriptedReply
{
    public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

    public string? ContentType { get; init; } = "application/json";

    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    public byte[] Body { get; init; } = [];

    /// <summary>How often the body is repeated; only by <see cref="FaultyProxy"/>.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>A delay before the response; ends early when the client disconnects.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>A delay in the middle of the body.</summary>
    public TimeSpan DelayInBody { get; init; }

    /// <summary>The connection is broken after this many bytes of the announced body.</summary>
    public int? TruncateAfter { get; init; }

    /// <summary>The connection is broken without a response.</summary>
    public bool Reset { get; init; }

    /// <summary>Whether the body is compressed.</summary>
    public bool Gzip { get; init; }

    /// <summary>Whether the body is sent in chunks, without its length.</summary>
    public bool Chunked { get; init; }

    public static ScriptedReply Json(string json) => new() { Body = Encoding.UTF8.GetBytes(json) };

    public static ScriptedReply WithStatus(HttpStatusCode status, string body = "", string? contentType = "application/json") =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes(body), ContentType = body.Length == 0 ? null : contentType };

    public static ScriptedReply Redirect(HttpStatusCode status, string location) =>
        WithStatus(status).With("Location", location);

    /// <summary>The same with one more header.</summary>
    public ScriptedReply With(string header, string value) => this with { Headers = Headers.SetItem(header, value) };
}
