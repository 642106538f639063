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
    public async Task Passes_on_what_the_work_gives()
    {
        Assert.Equal(7, await TimeLimit.RunAsync(Long, _ => Task.FromResult(7), CancellationToken.None));
        await Assert.ThrowsAsync<HttpRequestException>(() => TimeLimit.RunAsync(Long, _ => Task.FromException<int>(new HttpRequestException()), CancellationToken.None));
    }

    [Fact]
    public async Task Takes_the_handlers_own_cancelling_of_a_slow_connect_for_a_time_out() =>
        await Assert.ThrowsAsync<TimeoutException>(() => TimeLimit.RunAsync(Long, _ => Task.FromException<int>(new TaskCanceledException()), CancellationToken.None));

    [Fact]
    public async Task Takes_a_stream_closed_by_the_time_limit_for_a_time_out() => await Assert.ThrowsAsync<TimeoutException>(
        () => TimeLimit.RunAsync<int>(
            TimeSpan.FromMilliseconds(1),
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new HttpRequestException("The stream was closed.");
            },
            CancellationToken.None));

    [Fact]
    public async Task Gives_the_callers_token_back()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => TimeLimit.RunAsync(Long, token => Task.FromCanceled<int>(token), cancellation.Token));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }
}
