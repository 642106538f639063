using System;
using System.Management.Automation;

namespace IExec.Tasks.Binding;

/// <summary>Takes absolute http and https URLs only.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateHttpUrlAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        if (element is not Uri { IsAbsoluteUri: true } uri || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new ValidationMetadataException($"'{element}' is not an absolute http or https URL.");
    }
}
