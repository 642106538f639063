using System;
using System.Management.Automation;

namespace IExec.Tasks.Binding;

/// <summary>
/// Takes no bag of properties for a text, as the binder would when nothing else fits: an object that has a DealId only must not become a task
/// id that reads "@{DealId=…}", nor a deal one that reads as the deal's id. Their properties are bound by their names then.
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
        throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message)); // the cause that makes the binder look further
    }
}
