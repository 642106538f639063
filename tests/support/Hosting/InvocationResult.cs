using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace IExec.Tasks.Hosting;

/// <summary>The result of one command line.</summary>
public sealed class InvocationResult
{
    internal InvocationResult(PowerShell shell, IReadOnlyList<PSObject> output, Exception? failure, string hostText, IReadOnlyList<string> prompts)
    {
        Output = output;
        Errors = [.. shell.Streams.Error];
        Warnings = [.. shell.Streams.Warning.Select(record => record.Message)];
        Verbose = [.. shell.Streams.Verbose.Select(record => record.Message)];
        Debug = [.. shell.Streams.Debug.Select(record => record.Message)];
        Progress = [.. shell.Streams.Progress];
        Failure = failure;
        HostText = hostText;
        Prompts = prompts;
    }

    /// <summary>The objects in the pipeline's output.</summary>
    public IReadOnlyList<PSObject> Output { get; }

    /// <summary>The error records of failures that did not end the pipeline.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; }

    /// <summary>The exception that ended the pipeline; null when it ran to its end.</summary>
    public Exception? Failure { get; }

    /// <summary>The error record of that exception; null when it ran to its end.</summary>
    public ErrorRecord? TerminatingError => (Failure as RuntimeException)?.ErrorRecord;

    /// <summary>The warnings.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The verbose messages.</summary>
    public IReadOnlyList<string> Verbose { get; }

    /// <summary>The debug messages.</summary>
    public IReadOnlyList<string> Debug { get; }

    /// <summary>The progress records.</summary>
    public IReadOnlyList<ProgressRecord> Progress { get; }

    /// <summary>The output of a console, without progress.</summary>
    public string HostText { get; }

    /// <summary>The prompts that were answered.</summary>
    public IReadOnlyList<string> Prompts { get; }

    /// <summary>The output as objects of <typeparamref name="T"/>; throws, with the first error, when there are other objects, or none because of an error.</summary>
    public IReadOnlyList<T> As<T>()
    {
        ThrowOnError();
        return [.. Output.Select(item => (T)item.BaseObject)];
    }

    /// <summary>The part of the error id before the comma, of the only error.</summary>
    public string SingleErrorId() => ErrorIds().Single();

    /// <summary>The part of each error's id before the comma; the terminating error's last.</summary>
    public IEnumerable<string> ErrorIds() => AllErrors().Select(record => record.FullyQualifiedErrorId.Split(',')[0]);

    /// <summary>All errors; the terminating one last.</summary>
    public IEnumerable<ErrorRecord> AllErrors() => TerminatingError is { } last && !Errors.Contains(last) ? Errors.Append(last) : Errors;

    /// <summary>Fails, with the first error, when there was any.</summary>
    public void ThrowOnError()
    {
        if (Failure is not null)
            throw new InvalidOperationException($"The pipeline ended with: {Failure.Message}", Failure);
        if (Errors.Count > 0)
            throw new InvalidOperationException($"{Errors.Count} errors, the first: {Errors[0]}", Errors[0].Exception);
    }
}
