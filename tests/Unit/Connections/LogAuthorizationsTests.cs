using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Connections;

namespace IExec.Tasks.UnitTests.Connections;

public sealed class LogAuthorizationsTests
{
    private static readonly Uri Api = new("https://pool.example/");

    private TimeSpan _now;
    private int _made;

    [Fact]
    public async Task Are_created_once_per_hour_and_API()
    {
        var authorizations = new LogAuthorizations(() => _now);

        Assert.Equal("1", await GetAsync(authorizations, Api));
        _now += TimeSpan.FromMinutes(59);
        Assert.Equal("1", await GetAsync(authorizations, Api));
        Assert.Equal("2", await GetAsync(authorizations, new Uri("https://other.example/")));
        _now += TimeSpan.FromMinutes(1);
        Assert.Equal("3", await GetAsync(authorizations, Api));
    }

    [Fact]
    public async Task Several_callers_wait_for_the_same()
    {
        var authorizations = new LogAuthorizations();

        var headers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => GetAsync(authorizations, Api)));

        Assert.All(headers, header => Assert.Equal("1", header));
    }

    [Fact]
    public async Task A_refused_one_is_forgotten_and_its_successor_is_not()
    {
        var authorizations = new LogAuthorizations();
        await GetAsync(authorizations, Api);
        authorizations.Forget(Api, "1");
        await GetAsync(authorizations, Api);

        authorizations.Forget(Api, "1");

        Assert.Equal("2", await GetAsync(authorizations, Api));
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        var authorizations = new LogAuthorizations();
        await Assert.ThrowsAsync<InvalidOperationException>(() => authorizations.GetAsync(Api, () => throw new InvalidOperationException(), default));

        Assert.Equal("1", await GetAsync(authorizations, Api));
    }

    private Task<string> GetAsync(LogAuthorizations authorizations, Uri api) => authorizations.GetAsync(
        api,
        async () =>
        {
            await Task.Yield();
            return (++_made).ToString(System.Globalization.CultureInfo.InvariantCulture);
        },
        default);
}
