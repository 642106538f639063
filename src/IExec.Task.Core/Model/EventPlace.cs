using System;

namespace IExec.Tasks;

/// <summary>The position of an event in the chart of its task.</summary>
/// <param name="SinceDeal">The time since the deal was made.</param>
/// <param name="From">The position of the previous event of its history, 0 to 1 of the width.</param>
/// <param name="To">Its own position.</param>
/// <param name="FinalDeadline">The position of the final deadline; null when it is not in the chart.</param>
internal sealed record EventPlace(TimeSpan SinceDeal, double From, double To, double? FinalDeadline);
