using System;
using System.Globalization;

namespace IExec.Tasks;

/// <summary>Formats durations.</summary>
internal static class DurationText
{
    /// <summary>A duration in its two largest units, such as <c>0.3 s</c>, <c>4 m 05 s</c> or <c>2 d 03 h</c>.</summary>
    public static string Of(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 59.95 } => string.Format(CultureInfo.InvariantCulture, "{0:0.0} s", duration.TotalSeconds),
        { TotalHours: < 1 } => $"{duration.Minutes} m {duration.Seconds:00} s",
        { TotalDays: < 1 } => $"{duration.Hours} h {duration.Minutes:00} m",
        _ => $"{duration.Days} d {duration.Hours:00} h",
    };
}
