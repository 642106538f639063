using System;
using System.Globalization;

namespace IExec.Tasks.Formatting;

/// <summary>What is known of a workerpool in a line each, with units and over how many tasks; nothing where it is not known.</summary>
public static class WorkerpoolText
{
    /// <summary>The URL of its API, and where it was found.</summary>
    public static string Api(IExecWorkerpool pool) => pool.ApiUrl is null ? "" : $"{pool.ApiUrl} ({(pool.ApiUrlSource == IExecWorkerpoolApiSource.Ens ? "ENS" : "Compass")})";

    /// <summary>Over what the numbers go, and since when.</summary>
    public static string Recent(IExecWorkerpool pool) =>
        pool.RecentDeals is null ? "" : $"{Count(pool.RecentTasks, "task")} of {Count(pool.RecentDeals, "deal")} since {ConsoleText.Moment(pool.RecentSince)}";

    /// <summary>How many of those that have ended are completed, with the counts.</summary>
    public static string Completion(IExecWorkerpool pool) => pool.RecentTasks is null or 0
        ? ""
        : Invariant($"{Percent(pool.CompletionPercent)} ({pool.Completed:N0} completed, {pool.Timeouts:N0} timed out, {pool.Open:N0} open)").TrimStart();

    /// <summary>How long it took from the deal to the result.</summary>
    public static string TimeToResult(IExecWorkerpool pool) => pool.MedianTimeToResult is null
        ? ""
        : Invariant($"median {ConsoleText.Duration(pool.MedianTimeToResult)}, 95 % within {ConsoleText.Duration(pool.Percentile95TimeToResult)}, of {Count(pool.TimedTasks, "result")}");

    /// <summary>A part such as <c>97.1 %</c>, rounded down: only all is 100 %.</summary>
    public static string Percent(double? percent) => percent is { } part ? Invariant($"{Math.Floor((decimal)part * 10) / 10:0.0} %") : "";

    private static string Count(int? number, string what) => Invariant($"{number:N0} {what}{(number == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
