using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Transport.Http;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Fuzzing.Targets;

/// <summary>Responds to every request with the input: the status on the first line, headers on the next ones, the body after an empty one.</summary>
internal sealed class CannedHandler(byte[] answer) : HttpMessageHandler
{
    /// <summary>A connection whose service is such a handler.</summary>
    public static IExecConnection Connect(Uri url, byte[] answer)
    {
        var http = new HttpClient(new CannedHandler(answer));
        return new IExecConnection(http, JsonRpcClient.Create(http, [url], new RetryPolicy(0), TimeSpan.FromSeconds(10)))
        {
            ChainId = 134,
            HubAddress = "0x3eca1B216A7DF1C7689aEb259fFB83ADFB894E7f",
            Timeout = TimeSpan.FromSeconds(10),
        };
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var end = answer.AsSpan().IndexOf("\n\n"u8);
        var head = Encoding.UTF8.GetString(end < 0 ? answer : answer.AsSpan(0, end)).Split('\n');
        var response = new HttpResponseMessage(int.TryParse(head[0], out var status) && status is >= 100 and <= 999 ? (HttpStatusCode)status : HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(end < 0 ? [] : answer[(end + 2)..]),
            RequestMessage = request,
        };
        foreach (var header in head.Skip(1).Select(line => line.Split(':', 2)).Where(header => header.Length == 2))
        {
            // A server's headers come without a check of their values.
            if (!response.Headers.TryAddWithoutValidation(header[0], header[1].Trim()))
                response.Content.Headers.TryAddWithoutValidation(header[0], header[1].Trim());
        }

        return Task.FromResult(response);
    }
}
