using System;
using System.IO;
using System.Net.Http;
using System.Threading;

namespace IExec.Tasks.Results.Download;

/// <summary>A response of a gateway whose body is being read.</summary>
internal sealed class GatewayBody : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;

    /// <param name="response">The response; disposed of with the body.</param>
    /// <param name="stream">Its body.</param>
    /// <param name="idleLimit">How long the body may pause.</param>
    /// <param name="cancellationToken">Ends every read.</param>
    public GatewayBody(HttpResponseMessage response, Stream stream, TimeSpan idleLimit, CancellationToken cancellationToken)
    {
        _response = response;
        _stream = stream;
        Reader = new PacedReader(stream, idleLimit, cancellationToken);
    }

    /// <summary>The body.</summary>
    public PacedReader Reader { get; }

    /// <summary>Status and headers.</summary>
    public HttpResponseMessage Response => _response;

    /// <inheritdoc/>
    public void Dispose()
    {
        Reader.Dispose();
        _stream.Dispose();
        _response.Dispose();
    }
}
