using System;
using System.Linq;
using System.Management.Automation;

namespace IExec.Tasks.Binding;

/// <summary>
/// Replaces an object by the value of one of its properties. Needed because the binder converts a piped object to a string before it looks at
/// the object's properties, and the string of a task is the task's id.
/// </summary>
/// <param name="names">The properties, such as <c>DealId</c>: the first that the object has is used. An object with none of them is not changed.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FromPropertyAttribute(params string[] names) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: not string } item ? names.Select(name => item.Properties[name]?.Value).FirstOrDefault(value => value is not null) ?? inputData : inputData;
}
