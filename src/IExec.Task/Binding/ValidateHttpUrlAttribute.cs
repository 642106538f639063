using System;
using System.Management.Automation;

namespace IExec.Tasks.Binding;

/// <summary>Takes absolute http and https URLs only, and ws and wss where that is allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateHttpUrlAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>Whether ws and wss URLs are taken, too.</summary>
    public bool AllowWebSocket { get; set; }

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        if (element is not Uri { IsAbsoluteUri: true } uri || !IsAllowed(uri.Scheme))
            throw new ValidationMetadataException($"'{element}' is not an absolute {(AllowWebSocket ? "http, https, ws or wss" : "http or https")} URL.");
    }

    private bool IsAllowed(string scheme) => scheme is "http" or "https" || (AllowWebSocket && scheme is ("ws" or "wss"));
}
