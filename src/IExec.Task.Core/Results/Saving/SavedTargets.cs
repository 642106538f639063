using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace IExec.Tasks.Results.Saving;

/// <summary>The paths that one command saves to. Each is used for one result, even with -Force.</summary>
internal sealed class SavedTargets
{
    private readonly Dictionary<string, string> _taskIds = new(CurrentSystem.Platform == OSPlatform.Linux ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    /// <summary>Reserves the target of a plan for its task.</summary>
    /// <exception cref="IExecException">ResultExists: the target is that of an earlier task of the same command.</exception>
    public void Claim(ResultPlan plan)
    {
        if (_taskIds.TryGetValue(plan.Target, out var earlier))
        {
            throw new IExecException(
                IExecErrorId.ResultExists,
                $"The result of task {plan.Task.TaskId} was not saved: this command uses '{plan.Target}' for task {earlier}.",
                earlier == plan.Task.TaskId
                    ? "Pass each task once."
                    : "To save several results, name a folder: a -Path that exists as a folder or ends in a slash.");
        }

        _taskIds.Add(plan.Target, plan.Task.TaskId);
    }
}
