using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Crypto;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Saving;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Commands;

/// <summary>
/// Saves the results of completed tasks from IPFS. A result is saved only if it verifies: every block against the CID, and the
/// archive's deterministic output against the digest that the workers agreed on.
/// </summary>
[Cmdlet(VerbsData.Save, "IExecTaskResult", DefaultParameterSetName = ById, SupportsShouldProcess = true, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTaskResult))]
public sealed class SaveIExecTaskResultCommand : TaskSelectionCmdlet
{
    private const long Megabyte = 1024 * 1024;

    private readonly SavedTargets _saved = new();
    private readonly List<TaskTarget> _targets = [];
    private BeneficiaryKey? _key;
    private ResultSaver _saver = null!;
    private ResultSaveOptions _options = null!;
    private ProgressReporter _bar = null!;
    private IProgress<ResultProgress> _progress = null!;

    /// <summary>
    /// The file to save one task's result to, or a folder, in which each result is named after its task; the current location without it. An
    /// existing folder, a path that ends in a slash, and any path with -Expand are folders, created if needed. Everything else is a file,
    /// which takes one task: the command never overwrites what it saved itself. Wildcards must match exactly one path.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    /// <summary>Used instead of -Path, and taken literally: no character is a wildcard.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>Replaces what existed before the command.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Expands the archive into a folder named after the task instead of saving it.</summary>
    [Parameter]
    public SwitchParameter Expand { get; set; }

    /// <summary>The PEM file with the RSA private key of the deal's beneficiary (PKCS#8 or PKCS#1), to decrypt an encrypted result.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BeneficiaryKeyPath { get; set; }

    /// <summary>The password of an encrypted key file.</summary>
    [Parameter]
    [ValidateNotNull]
    [Secret]
    public SecureString? BeneficiaryKeyPassword { get; set; }

    /// <summary>Saves the plain file as one gateway sends it, even if it does not match what the workers agreed on.</summary>
    [Parameter]
    public SwitchParameter SkipVerification { get; set; }

    /// <summary>The largest result to accept, and the largest size to expand it to, in megabytes of 1,048,576 bytes.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumSizeMB { get; set; } = (int)(ResultSaveOptions.DefaultMaximumLength / Megabyte);

    /// <summary>Writes a JSON file beside the result that says what it is, where it came from and what was verified.</summary>
    [Parameter]
    public SwitchParameter Provenance { get; set; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (BeneficiaryKeyPath is not null)
            _key = OpenKey(BeneficiaryKeyPath);

        await base.BeginAsync(cancellationToken);
        _saver = new ResultSaver(Session);
        _bar = new ProgressReporter(this, "Saving results");
        _progress = new Progress<ResultProgress>(Show); // comes back to the pipeline thread
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        _options = new ResultSaveOptions
        {
            Path = this.ResolveTarget(Path, LiteralPath),
            IsPathGiven = Path is not null || LiteralPath is not null,
            Expand = Expand,
            Force = Force,
            SkipVerification = SkipVerification,
            Provenance = Provenance,
            MaximumLength = MaximumSizeMB * Megabyte,
            BeneficiaryKey = _key,
        };
        await base.ProcessAsync(cancellationToken);
        await FindAsync(cancellationToken);
        List<(TaskTarget Target, Found<IExecTask> Found)> tasks;
        try
        {
            tasks = await ReadAsync(cancellationToken);
        }
        catch (IExecException exception)
        {
            await RejectAsync(exception, _targets.ConvertAll(target => target.Input), cancellationToken);
            return;
        }
        finally
        {
            _targets.Clear();
        }

        LeaveOutUnfinished(tasks);
        foreach (var (target, found) in tasks)
        {
            try
            {
                await SaveAsync(found.Require(), cancellationToken);
            }
            catch (IExecException exception)
            {
                WriteFailure(exception, target.Input);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        _bar.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _key?.Dispose();
        base.Dispose(disposing);
    }

    private protected override Task AddAsync(TaskTarget target, CancellationToken cancellationToken)
    {
        _targets.Add(target);
        return Task.CompletedTask;
    }

    /// <summary>Reads the tasks that were found, except completed ones from the pipeline, which no longer change.</summary>
    private async Task<List<(TaskTarget Target, Found<IExecTask> Found)>> ReadAsync(CancellationToken cancellationToken)
    {
        var unread = _targets.FindAll(target => Completed(target) is null);
        var read = new Queue<Found<IExecTask>>(await Reader.ReadAsync(unread, cancellationToken));
        return _targets.ConvertAll(target => (target, Completed(target) is { } task ? new Found<IExecTask>(target.Input, task) : read.Dequeue()));

        IExecTask? Completed(TaskTarget target) =>
            target.Input is IExecTask { Status: IExecTaskStatus.Completed } task && task.ChainId == Session.Connection.ChainId ? task : null;
    }

    /// <summary>Of a whole deal, only the completed tasks are saved; one warning counts the others, or an error when none is completed.</summary>
    private void LeaveOutUnfinished(List<(TaskTarget Target, Found<IExecTask> Found)> tasks)
    {
        foreach (var deal in tasks.Where(task => task.Target.IsOfWholeDeal).GroupBy(task => task.Target.Input))
        {
            var unfinished = deal.Select(task => task.Found.Require()).Where(task => task.OnChainStatus != IExecTaskStatus.Completed).ToList();
            if (unfinished.Count == 0)
                continue;
            var statuses = string.Join(", ", unfinished.GroupBy(task => task.StatusName).Select(group => $"{group.Count()} {group.Key}"));
            var message = $"Of the {deal.Count()} tasks of deal {deal.Key}, {unfinished.Count} have no result: {statuses}.";
            if (unfinished.Count < deal.Count())
                WriteWarning(message);
            else
                WriteFailure(new IExecException(IExecErrorId.TaskNotCompleted, message), deal.Key);
        }

        tasks.RemoveAll(task => task.Target.IsOfWholeDeal && task.Found.Require().OnChainStatus != IExecTaskStatus.Completed);
    }

    private async Task SaveAsync(IExecTask task, CancellationToken cancellationToken)
    {
        Remember(task);
        var plan = ResultPlan.Create(task, _options);
        _saved.Claim(plan);
        if (!ShouldProcess(plan.Target, $"Save {plan.Source} of task {task.TaskId}"))
            return;

        var saved = await _saver.SaveAsync(plan, _progress, cancellationToken);
        foreach (var warning in saved.Warnings)
            WriteWarning(warning);
        Emit(saved.Result);
    }

    private BeneficiaryKey OpenKey(string path)
    {
        using var password = BeneficiaryKeyPassword?.ToSecretBytes();
        return BeneficiaryKeyFile.Open(this.RequireFileSystem(path), password);
    }

    private void Show(ResultProgress progress)
    {
        var total = progress.Total is { } length ? $" of {ToMegabytes(length)}" : "";
        _bar.Report(
            $"{progress.Stage} {ToMegabytes(progress.Done)}{total} MB, {ToMegabytes((long)progress.BytesPerSecond)} MB/s",
            progress.Total is > 0 and var whole ? (double)progress.Done / whole : null,
            progress.Left is { } left ? (int)Math.Min(left.TotalSeconds, int.MaxValue) : null);
    }

    private static string ToMegabytes(long bytes) => FormattableString.Invariant($"{(double)bytes / Megabyte:0.0}");
}
