using System;
using System.Management.Automation;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Binding;

/// <summary>Accepts absolute http and https URLs with a valid host name, and ws and wss where that is allowed. Messages do not repeat the URL: it may contain keys.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateHttpUrlAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>Whether ws and wss URLs are accepted, too.</summary>
    public bool AllowWebSocket { get; set; }

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        if (element is not Uri { IsAbsoluteUri: true } uri || !IsAllowed(uri.Scheme))
            throw new ValidationMetadataException($"This is not an absolute {(AllowWebSocket ? "http, https, ws or wss" : "http or https")} URL.");
        if (uri.HostName() is null)
            throw new ValidationMetadataException("The URL's host is not a valid host name.");
    }

    private bool IsAllowed(string scheme) => scheme is "http" or "https" || (AllowWebSocket && scheme is ("ws" or "wss"));
}
