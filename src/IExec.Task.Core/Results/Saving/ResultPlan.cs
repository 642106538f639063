using System.IO;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Results.Download;

namespace IExec.Tasks.Results.Saving;

/// <summary>How the result of a task will be saved, determined without a request to a gateway.</summary>
internal sealed class ResultPlan
{
    private ResultPlan(IExecTask task, ResultSaveOptions options, ResultLocation? location)
    {
        Task = task;
        Options = options;
        Location = location;
        Target = TargetOf(task, options, location is null ? ".bin" : ".zip");
    }

    /// <summary>The completed task.</summary>
    public IExecTask Task { get; }

    /// <summary>The options.</summary>
    public ResultSaveOptions Options { get; }

    /// <summary>The location of the result on IPFS; null for callback bytes, which are on the chain.</summary>
    public ResultLocation? Location { get; }

    /// <summary>The full path of the file, or of the folder to expand to.</summary>
    public string Target { get; }

    /// <summary>The folder of the target.</summary>
    public string Folder => Path.GetDirectoryName(Target)!;

    /// <summary>Whether that folder is created if it does not exist, since -Path does not name a file.</summary>
    public bool MakesFolder => Options.Expand || EndsInSeparator(Options.Path);

    /// <summary>The file that the download is written to.</summary>
    public string PartialPath => Options.Expand ? Target + ".zip.partial" : Target + ".partial";

    /// <summary>The source of the result, for messages.</summary>
    public string Source => Location?.ToString() ?? "the callback bytes";

    /// <summary>Makes the plan.</summary>
    /// <exception cref="IExecException">
    /// TaskNotCompleted, ResultMissing, ResultNotOnIpfs, ResultLocationInvalid, ResultExists, FileAccessFailed.
    /// </exception>
    public static ResultPlan Create(IExecTask task, ResultSaveOptions options)
    {
        if (task.OnChainStatus != IExecTaskStatus.Completed)
            throw new IExecException(IExecErrorId.TaskNotCompleted, $"Task {task.TaskId} is {task.StatusName}: there is no result.");

        var plan = new ResultPlan(task, options, Locate(task, options));
        plan.CheckTarget();
        return plan;
    }

    /// <summary>Moves what was saved beside the target to the target, in one step.</summary>
    /// <exception cref="IExecException">ResultExists: the target was created meanwhile. FileAccessFailed.</exception>
    public void Place(string saved)
    {
        try
        {
            if (Directory.Exists(saved))
                LocalFiles.MoveFolder(saved, Target, Options.Force);
            else
                LocalFiles.Move(saved, Target, Options.Force);
        }
        catch (IExecException) when (!Options.Force && IsTaken)
        {
            throw Exists();
        }
    }

    private bool IsTaken => File.Exists(Target) || Directory.Exists(Target);

    private static ResultLocation? Locate(IExecTask task, ResultSaveOptions options)
    {
        var result = task.Result;
        if (result is { Storage: "ipfs", Location: { } location })
            return ResultLocation.Parse(location);

        if (task.ResultsCallback.Length > 2)
        {
            return options.IsPathGiven && !options.Expand
                ? null
                : throw new IExecException(
                    IExecErrorId.ResultNotOnIpfs,
                    $"The result of task {task.TaskId} is the bytes for its callback contract, which are on the chain, not on IPFS.",
                    options.Expand ? "Leave -Expand out: the bytes are not an archive." : "Give a -Path to save the bytes to a file, or read ResultsCallback of Get-IExecTask.");
        }

        throw result.Storage switch
        {
            "none" => new IExecException(IExecErrorId.ResultMissing, $"Task {task.TaskId} names no result."),
            "ipfs" => new IExecException(IExecErrorId.ResultMissing, $"Task {task.TaskId} has a result on IPFS but does not say where."),
            _ => new IExecException(
                IExecErrorId.ResultNotOnIpfs,
                $"The result of task {task.TaskId} is stored on '{Redaction.Untrusted(result.Storage)}', not on IPFS."),
        };
    }

    private static string TargetOf(IExecTask task, ResultSaveOptions options, string extension)
    {
        if (options.Expand)
            return Path.Combine(options.Path, task.TaskId);

        return EndsInSeparator(options.Path) || Directory.Exists(options.Path) ? Path.Combine(options.Path, task.TaskId + extension) : options.Path;
    }

    private static bool EndsInSeparator(string path) => path[^1] == Path.DirectorySeparatorChar || path[^1] == Path.AltDirectorySeparatorChar;

    private void CheckTarget()
    {
        if (!Options.Force && IsTaken)
            throw Exists();

        if (!MakesFolder && !Directory.Exists(Folder))
            throw new IExecException(IExecErrorId.FileAccessFailed, $"The folder '{Folder}' does not exist.", "Create the folder, or give another -Path.");
    }

    private IExecException Exists() => new(IExecErrorId.ResultExists, $"'{Target}' exists.");
}
