using System;
using System.Management.Automation;

namespace IExec.Tasks.Binding;

/// <summary>
/// Takes the value of a property of an object for the object. The binder tries to make a text of a piped object before it looks at the object's
/// properties, and the text of a task is the task's id.
/// </summary>
/// <param name="name">The property, such as <c>DealId</c>. An object without it stays as it is.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FromPropertyAttribute(string name) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: not string } item && item.Properties[name]?.Value is { } value ? value : inputData;
}
