using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Diagnosis;

/// <summary>Applies the rules to tasks, and groups the tasks of a deal.</summary>
internal static class Diagnoser
{
    private const string SchedulerIsSilent = "The workers' progress: the scheduler's view is not available.";

    /// <summary>Finds the rule that applies.</summary>
    public static DiagnosisRule RuleFor(TaskFacts facts) => DiagnosisRules.All.First(rule => rule.Applies(facts));

    /// <summary>Diagnoses a task.</summary>
    /// <param name="rule">The rule that applies.</param>
    /// <param name="facts">The facts about the task.</param>
    /// <param name="logLines">The last lines of logs; none where they were not read.</param>
    /// <param name="unread">Why logs and result could not be read; empty when they were read or not needed.</param>
    public static IExecTaskDiagnosis Diagnose(DiagnosisRule rule, TaskFacts facts, IReadOnlyList<string> logLines, IEnumerable<string> unread)
    {
        var silence = rule.DependsOnScheduler && facts.Info is null ? SchedulerIsSilent : null;
        return new IExecTaskDiagnosis
        {
            Task = facts.Task,
            Verdict = rule.Verdict,
            Summary = rule.Summary(facts),
            Evidence = [.. facts.Evidence],
            LogLines = [.. ReportLines(facts), .. logLines],
            Unknown = [.. new[] { silence }.OfType<string>(), .. unread],
            NextStep = rule.NextStep([facts.Task]),
            From = rule.From(facts.Task),
            By = rule.By(facts.Task),
        };
    }

    private static IEnumerable<string> ReportLines(TaskFacts facts) =>
        facts.Report?.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(line => $"error.txt: {line}") ?? [];

    /// <summary>Groups the tasks of one deal by verdict and summary, the largest group first.</summary>
    /// <param name="tasks">The tasks, in the order of their indexes, each with its rule.</param>
    public static IEnumerable<IExecDealDiagnosis> Group(IReadOnlyList<(DiagnosisRule Rule, IExecTaskDiagnosis Diagnosis)> tasks) => tasks
        .GroupBy(task => (task.Rule, task.Diagnosis.Summary))
        .OrderByDescending(same => same.Count())
        .Select(same => new IExecDealDiagnosis
        {
            DealId = same.First().Diagnosis.DealId,
            Verdict = same.Key.Rule.Verdict,
            Summary = same.Key.Summary,
            Of = tasks.Count,
            NextStep = same.Key.Rule.NextStep([.. same.Select(task => task.Diagnosis.Task)]),
            From = same.Max(task => task.Diagnosis.From),
            By = same.Min(task => task.Diagnosis.By),
            Tasks = [.. same.Select(task => task.Diagnosis)],
        });
}
