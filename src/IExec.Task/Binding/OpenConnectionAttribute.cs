using System;
using System.Management.Automation;

namespace IExec.Tasks.Binding;

/// <summary>Rejects a deserialized connection, such as one from a job, a remote session or a file, and says what to do instead.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OpenConnectionAttribute : ArgumentTransformationAttribute
{
    private const string Deserialized = "Deserialized.IExec.Tasks.IExecConnection";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { TypeNames: [Deserialized, ..] }
            ? throw new ArgumentTransformationMetadataException(
                "This connection was deserialized: it comes from a job, a remote session or a file, and can no longer be used. Run Connect-IExec in this runspace, or use the connection inside the job.")
            : inputData;
}
