using System;
using System.Management.Automation;

namespace IExec.Tasks.Binding;

/// <summary>
/// Stops the binder from converting an object to a string as a last resort: an object with only a DealId must not become the task id
/// "@{DealId=…}", and a deal must not become a task id that is the deal's id. Their properties are then bound by name.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlainTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is not PSObject { BaseObject: PSCustomObject or IExecDeal })
            return inputData;
        var message = inputData is PSObject { BaseObject: IExecDeal }
            ? $"'{inputData}' is a deal, not a task. Pass it to -DealId or through the pipeline."
            : $"'{inputData}' is an object, but text is expected.";
        throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message)); // with this cause, the binder tries the other ways to bind
    }
}
