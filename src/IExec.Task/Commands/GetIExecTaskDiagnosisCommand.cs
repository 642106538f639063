using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Diagnosis;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.Commands;

/// <summary>
/// Says why a task is where it is: a verdict, what it means in one sentence, the events that say so, the next step as a command, and by when. For a whole deal it
/// counts the tasks with the same trouble.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IExecTaskDiagnosis", DefaultParameterSetName = ById, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTaskDiagnosis), typeof(IExecDealDiagnosis))]
public sealed class GetIExecTaskDiagnosisCommand : TaskHistoryCmdlet
{
    private const int LinesOfALog = 5;
    private const int LongestLine = 500;

    private readonly List<(Bytes32 DealId, DiagnosisRule Rule, IExecTaskDiagnosis Diagnosis)> _ofDeals = [];
    private TaskLogs _logs = null!;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await base.BeginAsync(cancellationToken);
        _logs = new TaskLogs(Session);
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await base.EndAsync(cancellationToken);
        foreach (var deal in _ofDeals.GroupBy(task => task.DealId))
        {
            foreach (var group in Diagnoser.Group([.. deal.OrderBy(task => task.Diagnosis.Index).Select(task => (task.Rule, task.Diagnosis))]))
                Emit(group);
        }
    }

    private protected override async Task<IReadOnlyList<object>> TellAsync(
        DealtTask task, IExecTask state, IReadOnlyList<IExecTaskEvent> events, IExecTaskOffchainInfo? info, CancellationToken cancellationToken)
    {
        var facts = new TaskFacts(state, events, info);
        var rule = Diagnoser.RuleFor(facts);
        if (task.Target.IsOfWholeDeal)
        {
            _ofDeals.Add((task.Deal.Id, rule, Diagnoser.Diagnose(rule, facts, [], null)));
            return [];
        }

        var (lines, unread) = rule.WantsLogs && facts.Workers.Any(worker => worker.HasLog) ? await ReadLogsAsync(task, cancellationToken) : ([], null);
        return [Diagnoser.Diagnose(rule, facts, lines, unread)];
    }

    /// <summary>The last lines of the logs; or why they could not be read.</summary>
    private async Task<(IReadOnlyList<string> Lines, string? Unread)> ReadLogsAsync(DealtTask task, CancellationToken cancellationToken)
    {
        try
        {
            var logs = await _logs.ReadAsync(task, cancellationToken);
            return ([.. logs.SelectMany(LastLines)], null);
        }
        catch (IExecException exception) when (exception.ErrorId is not (IExecErrorId.RpcUnavailable or IExecErrorId.RateLimited))
        {
            return ([], $"What the workers' runs wrote: {exception.Message}");
        }
    }

    private static IEnumerable<string> LastLines(IExecTaskLog log) => LogText
        .Last(log.Stderr.Length > 0 ? log.Stderr : log.Stdout, LinesOfALog)
        .Split(['\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(line => $"{log.Worker}: {line.Substring(0, Math.Min(line.Length, LongestLine))}");
}
