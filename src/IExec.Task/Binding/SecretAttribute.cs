using System;
using System.Management.Automation;

namespace IExec.Tasks.Binding;

/// <summary>Rejects plain text for a secret, without repeating it, and says what to do instead.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string
            ? throw new ArgumentTransformationMetadataException(
                "This is plain text, which stays in the history and in transcripts. Pass a SecureString: Read-Host -AsSecureString asks for one, Get-Secret of Microsoft.PowerShell.SecretManagement keeps one. See about_IExec_Secrets.")
            : inputData;
}
