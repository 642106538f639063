using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace IExec.Tasks.Binding;

/// <summary>
/// Converts any object with a TaskId and a DealId to a task: a row of a CSV file, a deserialized task, an update of a watch. Its other properties are ignored,
/// since the task is read again.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TaskRowAttribute : ArgumentTransformationAttribute
{
    /// <summary>The original objects, for error records.</summary>
    private static readonly ConditionalWeakTable<IExecTask, object> Inputs = new();

    /// <summary>What the user passed for this task.</summary>
    public static object InputOf(IExecTask task) => Inputs.TryGetValue(task, out var input) ? input : task;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (Unwrap(inputData) is not IList several)
            return (object?)ToTask(inputData) ?? inputData;
        var tasks = several.Cast<object>().Select(ToTask).ToArray();
        return Array.IndexOf(tasks, null) < 0 ? tasks : inputData;
    }

    private static IExecTask? ToTask(object item)
    {
        var input = Unwrap(item);
        if (input is IExecTask known)
            return known;
        if (input is null or string || Text(item, nameof(IExecTask.TaskId)) is not { } taskId || Text(item, nameof(IExecTask.DealId)) is not { } dealId)
            return null;
        var task = new IExecTask { TaskId = taskId, DealId = dealId };
        Inputs.Add(task, input);
        return task;
    }

    private static string? Text(object item, string name) => Unwrap(PSObject.AsPSObject(item).Properties[name]?.Value) is string { Length: > 0 } text ? text : null;

    private static object? Unwrap(object? item) => item is PSObject { BaseObject: not PSCustomObject and var inner } ? inner : item;
}
