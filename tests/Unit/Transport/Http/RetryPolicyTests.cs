using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Http;
using IExec.Tasks.UnitTests.Diagnostics;

namespace IExec.Tasks.UnitTests.Transport.Http;

public sealed class RetryPolicyTests
{
    private readonly RecordedPauses _recorded = new();

    [Fact]
    public async Task Doubles_the_pauses_and_randomises_half_of_each()
    {
        await Assert.ThrowsAsync<HttpFailureException>(() => RunAsync(8, new HttpFailureException(HttpFailureKind.Broken, "broken")));

        double[] longest = [250, 500, 1000, 2000, 4000, 8000, 8000, 8000];
        Assert.Equal(longest.Length, _recorded.Pauses.Count);
        foreach (var (pause, milliseconds) in _recorded.Pauses.Zip(longest))
            Assert.InRange(pause.TotalMilliseconds, milliseconds / 2, milliseconds);
    }

    [Fact]
    public async Task Does_not_retry_a_failure_that_must_not_be_retried()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(8, new InvalidOperationException()));
        Assert.Empty(_recorded.Pauses);
    }

    [Fact]
    public async Task Waits_as_long_as_the_server_asks_for()
    {
        await Assert.ThrowsAsync<HttpFailureException>(() => RunAsync(1, TooManyRequests(TimeSpan.FromSeconds(42))));
        Assert.Equal([TimeSpan.FromSeconds(42)], _recorded.Pauses);
    }

    [Fact]
    public async Task Does_not_wait_for_a_server_that_asks_for_more_than_a_minute()
    {
        await Assert.ThrowsAsync<HttpFailureException>(() => RunAsync(3, TooManyRequests(TimeSpan.FromSeconds(61))));
        Assert.Empty(_recorded.Pauses);
    }

    [Fact]
    public async Task Keeps_its_own_pause_when_the_server_asks_for_none()
    {
        await Assert.ThrowsAsync<HttpFailureException>(() => RunAsync(1, TooManyRequests(TimeSpan.FromSeconds(-10))));
        Assert.InRange(Assert.Single(_recorded.Pauses).TotalMilliseconds, 125, 250);
    }

    [Fact]
    public async Task Returns_what_a_later_attempt_returns()
    {
        var attempts = 0;
        var diagnostics = new RecordingDiagnostics();
        var value = await _recorded.Policy(3).RunAsync(
            () => ++attempts < 3 ? Task.FromException<int>(new HttpFailureException(HttpFailureKind.Broken, "It broke.")) : Task.FromResult(attempts),
            _ => true,
            diagnostics,
            CancellationToken.None);

        Assert.Equal(3, value);
        Assert.Equal(2, _recorded.Pauses.Count);
        Assert.Equal(2, diagnostics.Messages.Count);
        Assert.Matches(@"^It broke\. Trying again in 0\.\d s \(1 of 3\)\.$", diagnostics.Messages[0]);
    }

    [Fact]
    public async Task Is_cancelled_in_a_pause()
    {
        using var cancellation = new CancellationTokenSource();
        var policy = new RetryPolicy(1, (_, token) =>
        {
            cancellation.Cancel();
            return Task.FromCanceled(token);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => policy.RunAsync(
            () => Task.FromException<int>(new TimeoutException()), _ => true, NoDiagnostics.Instance, cancellation.Token));
    }

    private Task<int> RunAsync(int retries, Exception exception) => _recorded.Policy(retries).RunAsync(
        () => Task.FromException<int>(exception),
        thrown => thrown is HttpFailureException { IsTransient: true },
        NoDiagnostics.Instance,
        CancellationToken.None);

    private static HttpFailureException TooManyRequests(TimeSpan retryAfter) =>
        HttpFailureException.FromStatus(new Uri("https://node.example"), new HttpAnswer(HttpStatusCode.TooManyRequests, null, retryAfter, []));
}
