using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Connections;
using IExec.Tasks.Deals;
using IExec.Tasks.Diagnosis;
using IExec.Tasks.Reports;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Commands;

/// <summary>
/// Writes a report of a deal to one HTML file: its terms and amounts, the diagnosis of its tasks, a chart of tasks, workers and phases, and all events.
/// The file contains no script and loads nothing from the network. Needs no key.
/// </summary>
[Cmdlet(VerbsData.Export, "IExecDealReport", SupportsShouldProcess = true, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(FileInfo))]
public sealed class ExportIExecDealReportCommand : ConnectedCmdlet
{
    private readonly List<(string DealId, List<string>? TaskIds)> _wanted = [];
    private ReportTarget _target = null!;
    private IExecSession _session = null!;
    private TaskReader _tasks = null!;
    private DealReader _deals = null!;
    private ProgressReporter _progress = null!;
    private TaskHistoryReader _histories = null!;

    /// <summary>The id of the deal. Tasks and other objects with a DealId can be piped: there is one report for each deal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [FromProperty(nameof(DealId))]
    [ArgumentCompleter(typeof(DealIdCompleter))]
    [AllowEmptyString]
    public string DealId { get; set; } = null!;

    /// <summary>The ids of the deal's tasks to report on. Without it, all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PlainText]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [AllowEmptyString]
    public string[]? TaskId { get; set; }

    /// <summary>
    /// The file to write one deal's report to, or a folder, in which each report is named after its deal; the current location without it. An existing folder, and a
    /// path that ends in a slash, are folders. Wildcards must match one thing.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    /// <summary>Used instead of -Path, and taken literally: no character is a wildcard.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>Replaces a file that was there before the command.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        _target = new ReportTarget(this.ResolveTarget(Path, LiteralPath), Force);
        _session = await OpenSessionAsync(cancellationToken);
        _tasks = new TaskReader(_session);
        _deals = new DealReader(_session);
        _progress = new ProgressReporter(this, "Writing reports");
        _histories = new TaskHistoryReader(_session, _progress);
    }

    /// <summary>Collects the input by deal: tasks of one deal may arrive one by one.</summary>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        _wanted.Add((DealId, TaskId?.ToList()));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var deal in _wanted.GroupBy(wanted => wanted.DealId, StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                await ExportAsync(deal.Key, deal.Any(wanted => wanted.TaskIds is null) ? null : [.. deal.SelectMany(wanted => wanted.TaskIds!)], cancellationToken);
            }
            catch (IExecException exception)
            {
                WriteFailure(exception, deal.Key);
            }
        }

        await _histories.WarnAsync();
        _progress.Dispose();
    }

    /// <summary>Writes the report of a deal, or of some of its tasks.</summary>
    private async Task ExportAsync(string dealId, IReadOnlyList<string>? taskIds, CancellationToken cancellationToken)
    {
        var targets = await FindAsync(dealId, taskIds, cancellationToken);
        if (targets.Count == 0)
            return;
        var origin = targets[0].Origin!;
        var path = _target.Take(origin.Deal.Id.ToString());
        if (!ShouldProcess(path, $"Write the report of {targets.Count} tasks of deal {origin.Deal.Id}"))
            return;

        var report = await ReadAsync(origin, targets, cancellationToken);
        _target.Write(path, DealReportPage.Write(report));
        WriteObject(InvokeProvider.Item.Get([$"Microsoft.PowerShell.Core\\FileSystem::{path}"], force: true, literalPath: true), enumerateCollection: true); // with the properties that the console's file view needs
    }

    /// <summary>The tasks to report on, in the order of their indexes. A task of another deal is reported as an error, and the others go on.</summary>
    private async Task<List<TaskTarget>> FindAsync(string dealId, IReadOnlyList<string>? taskIds, CancellationToken cancellationToken)
    {
        TaskSelector[] selectors = taskIds is null
            ? [new TaskSelector(dealId) { DealId = dealId }]
            : [.. taskIds.Select(taskId => new TaskSelector(taskId) { TaskId = taskId, DealId = dealId })];
        var targets = new List<TaskTarget>();
        foreach (var found in await _tasks.FindAsync(selectors, cancellationToken))
        {
            if (found.Value is { } target)
                targets.Add(target);
            else
                WriteFailure(found.Failure!, found.Input);
        }

        return [.. targets.GroupBy(target => target.TaskId).Select(same => same.First()).OrderBy(target => target.Index)];
    }

    private async Task<DealReport> ReadAsync(ScheduledDeal origin, List<TaskTarget> targets, CancellationToken cancellationToken)
    {
        var tasks = targets.ConvertAll(target => new TaskWithDeal(target, origin.Deal));
        await _histories.ReadChainAsync(tasks, cancellationToken);
        var reported = new List<ReportedTask>();
        var diagnoses = new List<(DiagnosisRule, IExecTaskDiagnosis)>();
        await foreach (var (_, answer) in FewAtATime.AskAsync(tasks, _histories.AskAsync, cancellationToken))
        {
            var history = await answer;
            var facts = new TaskFacts(history.State, history.Events, history.Info);
            var rule = Diagnoser.RuleFor(facts);
            diagnoses.Add((rule, Diagnoser.Diagnose(rule, facts, [], [])));
            reported.Add(new ReportedTask(history.State, history.Events, history.Info is not null));
            _progress.Report($"{reported.Count} of {tasks.Count} tasks", (double)reported.Count / tasks.Count);
        }

        IExecDeal? deal = null;
        await foreach (var read in _deals.ReadAsync([origin], cancellationToken))
            deal = read;
        return new DealReport(_session.Connection.Chain, deal!, reported, [.. Diagnoser.Group(diagnoses)]);
    }
}
