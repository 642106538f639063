using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.UnitTests.Transport.Http;

public sealed class TimeLimitTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Returns_the_result_of_the_work()
    {
        Assert.Equal(7, await TimeLimit.RunAsync(Long, _ => Task.FromResult(7), CancellationToken.None));
        await Assert.ThrowsAsync<HttpRequestException>(() => TimeLimit.RunAsync(Long, _ => Task.FromException<int>(new HttpRequestException()), CancellationToken.None));
    }

    [Fact]
    public async Task A_slow_connect_that_the_handler_cancels_is_a_timeout() =>
        await Assert.ThrowsAsync<TimeoutException>(() => TimeLimit.RunAsync(Long, _ => Task.FromException<int>(new TaskCanceledException()), CancellationToken.None));

    [Fact]
    public async Task A_stream_that_the_time_limit_closes_is_a_timeout() => await Assert.ThrowsAsync<TimeoutException>(
        () => TimeLimit.RunAsync<int>(
            TimeSpan.FromMilliseconds(1),
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new HttpRequestException("The stream was closed.");
            },
            CancellationToken.None));

    [Fact]
    public async Task The_exception_has_the_callers_token()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => TimeLimit.RunAsync(Long, token => Task.FromCanceled<int>(token), cancellation.Token));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }
}
