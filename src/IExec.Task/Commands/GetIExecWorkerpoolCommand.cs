using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Connections;
using IExec.Tasks.Deals;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Events;
using IExec.Tasks.Tasks;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.Commands;

/// <summary>
/// Gets a workerpool's owner, API and terms, and statistics over the tasks of its recent deals: how many completed, how long that took, and how many timed out.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IExecWorkerpool", HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecWorkerpool))]
public sealed class GetIExecWorkerpoolCommand : ConnectedCmdlet
{
    /// <summary>Enough for the statistics; they are read in two requests.</summary>
    private const int MaxTasks = 1000;

    private static readonly TimeSpan Recently = TimeSpan.FromDays(30);

    private readonly HashSet<Address> _told = [];
    private readonly ProgressReporter _progress;
    private IExecSession _session = null!;
    private WorkerpoolReader _reader = null!;

    /// <summary>Makes the cmdlet.</summary>
    public GetIExecWorkerpoolCommand() => _progress = new ProgressReporter(this, "Reading workerpools");

    /// <summary>The addresses of workerpools; an object with a Workerpool, such as a deal, counts as its workerpool. Each is emitted once.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Workerpool")]
    [FromProperty(nameof(Address), "Workerpool")]
    [ArgumentCompleter(typeof(WorkerpoolCompleter))]
    [AllowEmptyString]
    public string[] Address { get; set; } = [];

    /// <summary>The earliest start of the deals to count, on the chain's clock. Without it, 30 days ago.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>How many of the newest deals to count at most; with 0 no deals are read.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int DealCount { get; set; } = 100;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        _session = await OpenSessionAsync(cancellationToken);
        _reader = new WorkerpoolReader(_session);
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Address)
        {
            try
            {
                var address = ParseAddress(text);
                if (_told.Add(address))
                    Emit(await ReadAsync(address, cancellationToken));
            }
            catch (IExecException exception)
            {
                WriteFailure(exception, text);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        _progress.Dispose();
        return Task.CompletedTask;
    }

    private async Task<IExecWorkerpool> ReadAsync(Address workerpool, CancellationToken cancellationToken)
    {
        var unknown = new List<string>();
        var terms = await _reader.ReadTermsAsync(workerpool, cancellationToken);
        var since = Since ?? terms.BlockTimestamp - Recently;
        var recent = DealCount == 0 ? null : await IfKnownAsync("The recent deals", unknown, async () => await ReadRecentAsync(workerpool, since, unknown, cancellationToken));
        return await _reader.DescribeAsync(terms, recent, unknown, cancellationToken);
    }

    /// <summary>The tasks of the workerpool's newest deals, as statistics.</summary>
    private async Task<RecentWork> ReadRecentAsync(Address workerpool, DateTimeOffset since, List<string> unknown, CancellationToken cancellationToken)
    {
        var deals = new List<ScheduledDeal>();
        var finder = new DealFinder(_session, new Progress<SearchProgress>(step => _progress.Report(step.Status, step.Fraction)));
        await foreach (var found in finder.FindAsync(new DealFilter { Workerpool = workerpool, Since = since }, IExecDealSource.Auto, cancellationToken))
        {
            deals.AddRange(found);
            if (deals.Count >= DealCount)
                break;
        }

        var tasks = new List<(Deal Deal, IExecTask Task)>();
        await foreach (var part in new DealReader(_session).ReadTasksAsync(deals.Take(DealCount), cancellationToken))
        {
            tasks.AddRange(part.Tasks.Take(MaxTasks - tasks.Count).Select(task => (part.Deal.Deal, task)));
            if (tasks.Count == MaxTasks)
                break;
        }

        var told = tasks.Select(task => task.Deal).Distinct().ToList();
        var isCut = told.Count == DealCount || tasks.Count == MaxTasks;
        var times = await IfKnownAsync("The times to the results", unknown, async () => await ReadTimesAsync(tasks, unknown, cancellationToken)) ?? [];
        return new RecentWork(told.Count, isCut ? told[^1].StartTime : since, [.. tasks.Select(task => task.Task)], times);
    }

    /// <summary>How long completed tasks took from the deal to the result.</summary>
    private async Task<IReadOnlyList<TimeSpan>> ReadTimesAsync(
        IEnumerable<(Deal Deal, IExecTask Task)> tasks, List<string> unknown, CancellationToken cancellationToken)
    {
        var completed = tasks.Where(task => task.Task.Status == IExecTaskStatus.Completed).ToDictionary(task => Bytes32.Parse(task.Task.TaskId));
        var events = new ChainEventReader(_session, new Progress<string>(what => _progress.Report($"Reading {what}")));
        var results = await events.ReadResultTimesAsync(
            [.. completed.Select(task => new TaskWithDeal(new TaskTarget(task.Value.Task, task.Key), task.Value.Deal))],
            completed.ToDictionary(task => task.Key, task => task.Value.Task),
            cancellationToken);
        if (results.Count < completed.Count)
            unknown.Add($"The times to {completed.Count - results.Count} of {completed.Count} results: the RPC node does not give all events.");
        return [.. results.Select(result => result.Value - completed[result.Key].Deal.StartTime)];
    }
}
