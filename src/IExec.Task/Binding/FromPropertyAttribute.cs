using System;
using System.Linq;
using System.Management.Automation;

namespace IExec.Tasks.Binding;

/// <summary>
/// Takes the value of a property of an object for the object. The binder tries to make a text of a piped object before it looks at the object's
/// properties, and the text of a task is the task's id.
/// </summary>
/// <param name="names">The properties, such as <c>DealId</c>: the first that an object has is taken. An object with none of them stays as it is.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FromPropertyAttribute(params string[] names) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: not string } item ? names.Select(name => item.Properties[name]?.Value).FirstOrDefault(value => value is not null) ?? inputData : inputData;
}
