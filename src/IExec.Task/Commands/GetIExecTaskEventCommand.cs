using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Events;
using IExec.Tasks.Formatting;
using IExec.Tasks.Tasks;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.Commands;

/// <summary>
/// Tells everything that happened to a task in one order: the chain's events, from the deal to the end of the task and the money that it moved, and the
/// statuses that the workerpool's scheduler kept of the task and of each worker. Needs no key.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IExecTaskEvent", DefaultParameterSetName = ById, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTaskEvent))]
public sealed class GetIExecTaskEventCommand : WorkerpoolCmdlet
{
    /// <summary>The workerpools whose clock was told of.</summary>
    private readonly HashSet<Address> _clocks = [];
    private ChainEventReader _chain = null!;
    private OffchainInfoFinder _schedulers = null!;
    private ILookup<Bytes32, IExecTaskEvent> _happened = null!;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await base.BeginAsync(cancellationToken);
        _chain = new ChainEventReader(Session, new Progress<string>(what => Progress.Report($"Reading {what}")));
        _schedulers = new OffchainInfoFinder(Session);
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await base.EndAsync(cancellationToken);
        await _schedulers.WarnAsync();
    }

    private protected override async Task PrepareAsync(IReadOnlyList<DealtTask> tasks, CancellationToken cancellationToken) =>
        _happened = await _chain.ReadAsync(tasks, cancellationToken);

    private protected override async Task<IReadOnlyList<object>> AskAsync(DealtTask task, CancellationToken cancellationToken)
    {
        var chain = _happened[task.TaskId];
        if (await _schedulers.FindAsync(task, cancellationToken) is not { } info)
            return [.. chain];
        var histories = TaskTimeline.Histories(info, task.Deal.Id.ToString());
        if (TaskTimeline.Difference(chain, histories) is { } difference && _clocks.Add(task.Deal.Workerpool.Address))
            WriteWarning(Describe(info, difference));
        return [.. TaskTimeline.Merge(chain, histories)];
    }

    private static string Describe(IExecTaskOffchainInfo info, TimeSpan difference)
    {
        var much = ConsoleText.Duration(difference.Duration());
        var what = difference < TimeSpan.Zero ? $"at least {much} behind the chain's" : $"up to {much} ahead of the chain's, or it notices so late what happens there";
        return $"The clock of workerpool {info.Workerpool} is {what}. The order is right among the events of the chain and among those of each history of the scheduler, but not between them.";
    }
}
