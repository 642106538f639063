using System;
using System.IO;
using System.Net;
using System.Net.Http;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Http;

/// <summary>An HTTP request failed. Services turn it into an <see cref="IExecException"/> with their own error id.</summary>
internal sealed class HttpFailureException(HttpFailureKind kind, string message, Exception? innerException = null) : Exception(message, innerException)
{
    private const HttpStatusCode TooEarly = (HttpStatusCode)425;
    private const HttpStatusCode TooManyRequests = (HttpStatusCode)429;

    public HttpFailureKind Kind { get; } = kind;

    /// <summary>The response, if there is one; then the kind is <see cref="HttpFailureKind.Status"/>.</summary>
    public HttpAnswer? Answer { get; private init; }

    /// <summary>Whether the server limits the rate.</summary>
    public bool IsRateLimit => Answer?.Status == TooManyRequests;

    /// <summary>Whether the request had more bytes than the server accepts.</summary>
    public bool IsTooLong => Answer?.Status == HttpStatusCode.RequestEntityTooLarge;

    /// <summary>Whether a retry of the same request may succeed.</summary>
    public bool IsTransient => Kind switch
    {
        HttpFailureKind.ConnectFailed or HttpFailureKind.Broken or HttpFailureKind.TimedOut => true,
        HttpFailureKind.Status => IsTransientStatus(Answer!.Status),
        _ => false,
    };

    public static bool IsTransientStatus(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or TooEarly or TooManyRequests
        || (status >= HttpStatusCode.InternalServerError && status is not (HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported));

    /// <summary>The failure for a response's status.</summary>
    public static HttpFailureException FromStatus(Uri uri, HttpAnswer answer) =>
        new(HttpFailureKind.Status, $"{Redaction.Url(uri)} answered with HTTP status {(int)answer.Status}{RetryAfterText(answer.RetryAfter)}.") { Answer = answer };

    /// <summary>Converts an exception of the HTTP stack.</summary>
    public static HttpFailureException From(Uri uri, Exception exception) => exception switch
    {
        HttpFailureException failure => failure,
        HttpRequestException request when request.IsConnectFailure() =>
            new HttpFailureException(HttpFailureKind.ConnectFailed, $"{Redaction.Url(uri)} cannot be reached: {Innermost(request)}", request),
        TimeoutException => new HttpFailureException(HttpFailureKind.TimedOut, $"{Redaction.Url(uri)} did not answer in time.", exception),
        InvalidDataException =>
            new HttpFailureException(HttpFailureKind.Malformed, $"{Redaction.Url(uri)} sent compressed data that cannot be read.", exception),
        _ => new HttpFailureException(HttpFailureKind.Broken, $"The connection to {Redaction.Url(uri)} broke: {Innermost(exception)}", exception),
    };

    /// <summary>Whether the HTTP stack throws this exception for causes outside this program.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is HttpFailureException or HttpRequestException or IOException or TimeoutException or InvalidDataException;

    private static string RetryAfterText(TimeSpan? retryAfter) =>
        retryAfter > TimeSpan.Zero ? $" and asks to wait {retryAfter.Value.TotalSeconds:0} s" : "";

    private static string Innermost(Exception exception) => exception.GetBaseException().Message.TrimEnd('.') + ".";
}
