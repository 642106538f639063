using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Workerpools;

/// <summary>A client of iExec's Compass service, which knows the API URLs of workerpools (iExec SDK 8.17 and later).</summary>
internal sealed class CompassClient(Uri url, IExecConnection connection, IDiagnostics diagnostics)
{
    private const int AnswerLimit = 64 * 1024;

    private readonly ServiceClient _service = new(connection.Http, connection, diagnostics, "The Compass service");

    /// <summary>Reads the URL that a workerpool declares.</summary>
    /// <returns>The declared text; null when there is none. A malformed response counts as none, as in the SDK.</returns>
    /// <exception cref="IExecException">WorkerpoolApiError: the service cannot be reached, or fails.</exception>
    public async Task<string?> ReadApiUrlAsync(Address workerpool, CancellationToken cancellationToken)
    {
        var uri = ServiceClient.Combine(url, $"/{connection.ChainId}/workerpools/{workerpool}");
        var answer = await _service.GetAsync(uri, AnswerLimit, null, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
            return null;
        try
        {
            using var document = ServiceJson.Parse(answer.Body);
            return document.RootElement.Text("apiUrl");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
