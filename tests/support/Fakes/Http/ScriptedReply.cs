using System;
using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace IExec.Tasks.Fakes;

/// <summary>What the server answers, and how it misbehaves while doing so.</summary>
public sealed record ScriptedReply
{
    public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

    public string? ContentType { get; init; } = "application/json";

    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    public byte[] Body { get; init; } = [];

    /// <summary>How often the body is sent, one after the other; only by <see cref="FaultyProxy"/>.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>Waits before anything is sent; ends early when the client goes away.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Waits in the middle of the body.</summary>
    public TimeSpan DelayInBody { get; init; }

    /// <summary>Announces the whole body and breaks the connection after this many bytes.</summary>
    public int? TruncateAfter { get; init; }

    /// <summary>Breaks the connection instead of answering.</summary>
    public bool Reset { get; init; }

    /// <summary>Compresses the body.</summary>
    public bool Gzip { get; init; }

    /// <summary>Sends the body in chunks, without saying its length.</summary>
    public bool Chunked { get; init; }

    public static ScriptedReply Json(string json) => new() { Body = Encoding.UTF8.GetBytes(json) };

    public static ScriptedReply WithStatus(HttpStatusCode status, string body = "", string? contentType = "application/json") =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes(body), ContentType = body.Length == 0 ? null : contentType };

    public static ScriptedReply Redirect(HttpStatusCode status, string location) =>
        WithStatus(status).With("Location", location);

    /// <summary>The same with one more header.</summary>
    public ScriptedReply With(string header, string value) => this with { Headers = Headers.SetItem(header, value) };
}
