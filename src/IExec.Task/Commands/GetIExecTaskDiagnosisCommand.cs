using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Diagnosis;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results.Verification;
using IExec.Tasks.Tasks;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.Commands;

/// <summary>
/// Says why a task has not completed: a verdict, one sentence, the events that prove it, the next step as a command, and its deadline. For a whole deal it counts
/// the tasks with the same problem.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IExecTaskDiagnosis", DefaultParameterSetName = ById, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTaskDiagnosis), typeof(IExecDealDiagnosis))]
public sealed class GetIExecTaskDiagnosisCommand : TaskHistoryCmdlet
{
    private const int LinesOfALog = 5;
    private const int LongestLine = 500;

    private readonly List<(Bytes32 DealId, DiagnosisRule Rule, IExecTaskDiagnosis Diagnosis)> _ofDeals = [];
    private TaskLogClient _logs = null!;
    private ErrorReportReader _reports = null!;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await base.BeginAsync(cancellationToken);
        _logs = new TaskLogClient(Session);
        _reports = new ErrorReportReader(Session);
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
        TaskWithDeal task, IExecTask state, IReadOnlyList<IExecTaskEvent> events, IExecTaskOffchainInfo? info, CancellationToken cancellationToken)
    {
        var facts = new TaskFacts(state, events, info);
        if (task.Target.IsOfWholeDeal)
        {
            var ofDeal = Diagnoser.RuleFor(facts);
            _ofDeals.Add((task.Deal.Id, ofDeal, Diagnoser.Diagnose(ofDeal, facts, [], [])));
            return [];
        }

        var unread = new List<string>();
        if (facts.MayHoldReport)
            facts = facts with { Report = await IfKnownAsync("Whether the result is an error report", unread, () => _reports.ReadAsync(state, cancellationToken)) };
        var rule = Diagnoser.RuleFor(facts);
        var logs = rule.WantsLogs && facts.Workers.Any(worker => worker.HasLog)
            ? await IfKnownAsync<IReadOnlyList<IExecTaskLog>>("The workers' logs", unread, async () => await _logs.ReadAsync(task, cancellationToken))
            : null;
        return [Diagnoser.Diagnose(rule, facts, [.. (logs ?? []).SelectMany(LastLines)], unread)];
    }

    private static IEnumerable<string> LastLines(IExecTaskLog log) => LogText
        .Last(log.Stderr.Length > 0 ? log.Stderr : log.Stdout, LinesOfALog)
        .Split(['\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(line => $"{log.Worker}: {line.Substring(0, Math.Min(line.Length, LongestLine))}");
}
