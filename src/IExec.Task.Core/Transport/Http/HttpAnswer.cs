using System;
using System.Net;

namespace IExec.Tasks.Transport.Http;

/// <summary>A complete HTTP response.</summary>
/// <param name="Status">Its status.</param>
/// <param name="MediaType">Its content type without parameters, such as <c>application/json</c>; null when it has none.</param>
/// <param name="RetryAfter">How long the server asks to wait.</param>
/// <param name="Body">Its body, decompressed, in UTF-8 without a byte order mark.</param>
internal sealed record HttpAnswer(HttpStatusCode Status, string? MediaType, TimeSpan? RetryAfter, byte[] Body)
{
    public bool IsSuccess => (int)Status is >= 200 and <= 299;
}
