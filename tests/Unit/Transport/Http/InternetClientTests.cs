using System;
using System.Net.Http;
using System.Threading.Tasks;
using IExec.Tasks.Fakes;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.UnitTests.Transport.Http;

public sealed class InternetClientTests
{
    /// <summary>As if DNS returned another address after the URL was checked.</summary>
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task The_client_for_untrusted_URLs_never_connects_to_this_machine(string host)
    {
        await using var server = await FaultyHttpServer.StartAsync();
        var url = new UriBuilder(server.Url) { Host = host }.Uri;
        using var client = HttpClientFactory.CreateForInternet();

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(url));

        Assert.True(failure.IsConnectFailure());
        Assert.Contains("own network", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }
}
