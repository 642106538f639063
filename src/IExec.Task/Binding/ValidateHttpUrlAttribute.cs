using System;
using System.Management.Automation;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Binding;

/// <summary>Takes absolute http and https URLs of possible hosts only, and ws and wss where that is allowed. Repeats none of them: they may hold keys.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateHttpUrlAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>Whether ws and wss URLs are taken, too.</summary>
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
