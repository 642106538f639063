using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Fakes;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.UnitTests.Transport.Http;

public sealed class HttpExchangeTests : IAsyncLifetime
{
    private const int Limit = 100_000;

    private readonly HttpClient _client = HttpClientFactory.Create();
    private FaultyHttpServer _server = null!;

    public async Task InitializeAsync() => _server = await FaultyHttpServer.StartAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Returns_status_type_and_body()
    {
        _server.Enqueue(ScriptedReply.WithStatus(HttpStatusCode.NotFound, "no such task", "text/plain; charset=utf-8"));

        var answer = await GetAsync();

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.False(answer.IsSuccess);
        Assert.Equal("text/plain", answer.MediaType);
        Assert.Equal("no such task"u8.ToArray(), answer.Body);
        Assert.StartsWith("IExec.Task/", _server.Requests[0].Header("User-Agent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_for_compression_and_reads_it()
    {
        var text = new string('x', 50_000);
        _server.Enqueue(ScriptedReply.Json(text) with { Gzip = true });

        Assert.Equal(text, Encoding.UTF8.GetString((await GetAsync()).Body));
        Assert.Contains("gzip", _server.Requests[0].Header("Accept-Encoding"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_a_body_that_is_larger_than_allowed()
    {
        var large = new ScriptedReply { Body = new byte[Limit + 1] };
        foreach (var reply in new[] { large, large with { Chunked = true }, large with { Gzip = true } })
        {
            _server.Enqueue(reply);
            var failure = await FailsAsync();
            Assert.Equal(HttpFailureKind.TooLarge, failure.Kind);
            Assert.False(failure.IsTransient);
        }

        _server.Enqueue(large with { Body = new byte[Limit], Chunked = true });
        Assert.Equal(Limit, (await GetAsync()).Body.Length);
    }

    [Fact]
    public async Task Rejects_a_decompression_bomb()
    {
        _server.Enqueue(new ScriptedReply { Body = new byte[50_000_000], Gzip = true });
        Assert.Equal(HttpFailureKind.TooLarge, (await FailsAsync()).Kind);
    }

    [Fact]
    public async Task Reports_compressed_data_that_is_broken()
    {
        _server.Enqueue(ScriptedReply.Json("this is no gzip").With("Content-Encoding", "gzip"));
        var failure = await FailsAsync();
        Assert.Equal(HttpFailureKind.Malformed, failure.Kind);
        Assert.Contains("compressed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_a_connection_that_breaks()
    {
        foreach (var reply in new[] { new ScriptedReply { Reset = true }, ScriptedReply.Json("""{"half":true}""") with { TruncateAfter = 5 } })
        {
            _server.Enqueue(reply);
            var failure = await FailsAsync();
            Assert.Equal(HttpFailureKind.Broken, failure.Kind);
            Assert.True(failure.IsTransient);
        }
    }

    [Fact]
    public async Task Reports_a_host_that_cannot_be_reached()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var failure = await FailsAsync(new Uri($"http://127.0.0.1:{port}/secret-of-at-least-12-letters"));
        Assert.Equal(HttpFailureKind.ConnectFailed, failure.Kind);
        Assert.True(failure.IsTransient);
        Assert.StartsWith($"http://127.0.0.1:{port}/… cannot be reached: ", failure.Message, StringComparison.Ordinal);

        Assert.Equal(HttpFailureKind.ConnectFailed, (await FailsAsync(new Uri("http://no-such-host.invalid/"))).Kind);
    }

    [Theory]
    [InlineData(5_000, 0)]
    [InlineData(0, 5_000)]
    public async Task Ends_at_the_time_limit_before_and_in_the_body(int delay, int delayInBody)
    {
        _server.Enqueue(ScriptedReply.Json("late") with { Delay = TimeSpan.FromMilliseconds(delay), DelayInBody = TimeSpan.FromMilliseconds(delayInBody) });
        var failure = await FailsAsync(timeout: TimeSpan.FromMilliseconds(200));
        Assert.Equal(HttpFailureKind.TimedOut, failure.Kind);
        Assert.IsType<TimeoutException>(failure.InnerException);
    }

    [Theory]
    [InlineData(10_000, 0)]
    [InlineData(0, 10_000)]
    public async Task Keeps_the_callers_own_cancellation_apart_from_the_time_limit(int delay, int delayInBody)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        _server.Enqueue(ScriptedReply.Json("late") with { Delay = TimeSpan.FromMilliseconds(delay), DelayInBody = TimeSpan.FromMilliseconds(delayInBody) });
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync(cancellationToken: cancellation.Token));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Theory]
    [InlineData(HttpStatusCode.MovedPermanently)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.SeeOther)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    [InlineData(HttpStatusCode.PermanentRedirect)]
    public async Task Follows_redirects_on_the_same_host(HttpStatusCode status)
    {
        _server.Enqueue(ScriptedReply.Redirect(status, "/there"), ScriptedReply.Json("found"));
        Assert.Equal("found"u8.ToArray(), (await GetAsync()).Body);
        Assert.Equal("/there", _server.Requests[1].Path);
    }

    [Theory]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("http://elsewhere.example/steal")]
    [InlineData("//elsewhere.example/steal")]
    [InlineData("file:///etc/passwd")]
    public async Task Does_not_follow_redirects_to_elsewhere(string location)
    {
        _server.Enqueue(ScriptedReply.Redirect(HttpStatusCode.Found, location));
        var failure = await FailsAsync();
        Assert.Equal(HttpFailureKind.RedirectRefused, failure.Kind);
        Assert.Contains(Redaction.Url(new Uri(_server.Url, location)), failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Byte_order_marks_are_no_part_of_an_answer(string name)
    {
        var encoding = System.Text.Encoding.GetEncoding(name);
        _server.Enqueue(ScriptedReply.Json("") with { Body = [.. encoding.GetPreamble(), .. encoding.GetBytes("{\"ü\":1}")] });

        Assert.Equal("{\"ü\":1}"u8.ToArray(), (await GetAsync()).Body);
    }

    [Fact]
    public async Task Limits_the_number_of_redirects()
    {
        _server.Handler = _ => ScriptedReply.Redirect(HttpStatusCode.Found, "/again");
        Assert.Equal(HttpFailureKind.RedirectRefused, (await FailsAsync()).Kind);
        Assert.Equal(6, _server.Requests.Count);

        _server.Enqueue(ScriptedReply.WithStatus(HttpStatusCode.Found));
        Assert.Contains("without saying where to", (await FailsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_temporary_failures_and_honours_Retry_After()
    {
        var recorded = new RecordedPauses();
        _server.Enqueue(
            ScriptedReply.WithStatus(HttpStatusCode.TooManyRequests).With("Retry-After", "7"),
            ScriptedReply.WithStatus(HttpStatusCode.ServiceUnavailable).With("Retry-After", DateTimeOffset.UtcNow.AddSeconds(30).ToString("R")),
            ScriptedReply.Json("{}"));

        var answer = await Exchange().SendAsync(_server.Url, Get, recorded.Policy(3), NoDiagnostics.Instance, CancellationToken.None);

        Assert.True(answer.IsSuccess);
        Assert.Equal(TimeSpan.FromSeconds(7), recorded.Pauses[0]);
        Assert.InRange(recorded.Pauses[1].TotalSeconds, 20, 30);
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout, true)]
    [InlineData((HttpStatusCode)425, true)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.InternalServerError, true)]
    [InlineData(HttpStatusCode.BadGateway, true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.GatewayTimeout, true)]
    [InlineData(HttpStatusCode.NotImplemented, false)]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.Unauthorized, false)]
    [InlineData(HttpStatusCode.NotFound, false)]
    public async Task Distinguishes_temporary_from_permanent_statuses(HttpStatusCode status, bool passes)
    {
        _server.Handler = _ => ScriptedReply.WithStatus(status);
        var sending = Exchange().SendAsync(_server.Url, Get, new RecordedPauses().Policy(2), NoDiagnostics.Instance, CancellationToken.None);
        if (passes)
        {
            var failure = await Assert.ThrowsAsync<HttpFailureException>(() => sending);
            Assert.Equal(status, failure.Answer!.Status);
            Assert.Equal(3, _server.Requests.Count);
        }
        else
        {
            Assert.Equal(status, (await sending).Status);
            Assert.Single(_server.Requests);
        }
    }

    private static HttpRequestMessage Get(Uri uri) => new(HttpMethod.Get, uri);

    private HttpExchange Exchange(TimeSpan? timeout = null) => new(_client, timeout ?? TimeSpan.FromSeconds(30), Limit);

    private Task<HttpAnswer> GetAsync(Uri? uri = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Exchange(timeout).SendAsync(uri ?? _server.Url, Get, NoDiagnostics.Instance, cancellationToken);

    private Task<HttpFailureException> FailsAsync(Uri? uri = null, TimeSpan? timeout = null) =>
        Assert.ThrowsAsync<HttpFailureException>(() => GetAsync(uri, timeout));
}
