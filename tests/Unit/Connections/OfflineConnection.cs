using System;
using System.Collections.Generic;
using IExec.Tasks.Transport.Http;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.UnitTests.Connections;

/// <summary>Connections for tests without a chain: their node gets no request.</summary>
internal static class OfflineConnection
{
    public static IExecConnection Create(
        Uri? compass = null, string rpcUrl = "https://192.0.2.1/", IEnumerable<Uri>? gateways = null, TimeSpan? timeout = null, int retryCount = 0)
    {
        var http = HttpClientFactory.Create();
        var rpc = JsonRpcClient.Create(http, [new Uri(rpcUrl)], new RetryPolicy(0), TimeSpan.FromSeconds(1));
        return new IExecConnection(http, rpc)
        {
            Chain = "test",
            ChainId = 421614,
            RpcUrl = [rpcUrl],
            HubAddress = "0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E",
            Compass = compass,
            Gateways = [.. gateways ?? []],
            Timeout = timeout ?? TimeSpan.FromSeconds(20),
            MaximumRetryCount = retryCount,
        };
    }
}
