using System;
using System.Globalization;

namespace IExec.Tasks.Formatting;

/// <summary>Formats what is known about a workerpool, with units and the number of tasks; empty where it is not known.</summary>
public static class WorkerpoolText
{
    /// <summary>The URL of its API, and where it was found.</summary>
    public static string Api(IExecWorkerpool pool) => pool.ApiUrl is null ? "" : $"{pool.ApiUrl} ({(pool.ApiUrlSource == IExecWorkerpoolApiSource.Ens ? "ENS" : "Compass")})";

    /// <summary>The tasks and deals that the statistics cover, and since when.</summary>
    public static string Recent(IExecWorkerpool pool) =>
        pool.RecentDeals is null ? "" : $"{Count(pool.RecentTasks, "task")} of {Count(pool.RecentDeals, "deal")} since {ConsoleText.Moment(pool.RecentSince)}";

    /// <summary>The share of completed tasks among those that have ended, with the counts.</summary>
    public static string Completion(IExecWorkerpool pool) => pool.RecentTasks is null or 0
        ? ""
        : Invariant($"{Percent(pool.CompletionPercent)} ({pool.Completed:N0} completed, {pool.Timeouts:N0} timed out, {pool.Open:N0} open)").TrimStart();

    /// <summary>The time from the deal to the result.</summary>
    public static string TimeToResult(IExecWorkerpool pool) => pool.MedianTimeToResult is null
        ? ""
        : Invariant($"median {ConsoleText.Duration(pool.MedianTimeToResult)}, 95 % within {ConsoleText.Duration(pool.Percentile95TimeToResult)}, of {Count(pool.TimedTasks, "result")}");

    /// <summary>A percentage such as <c>97.1 %</c>, rounded down, so that 100 % means all.</summary>
    public static string Percent(double? percent) => percent is { } part ? Invariant($"{Math.Floor((decimal)part * 10) / 10:0.0} %") : "";

    private static string Count(int? number, string what) => Invariant($"{number:N0} {what}{(number == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
