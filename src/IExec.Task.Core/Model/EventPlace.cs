using System;

namespace IExec.Tasks;

/// <summary>Where an event is in the picture of its task.</summary>
/// <param name="SinceDeal">The time since the deal was made.</param>
/// <param name="From">Where the event before it in its history is, 0 to 1 of the width.</param>
/// <param name="To">Where it is itself.</param>
/// <param name="FinalDeadline">Where the final deadline is; null when it is not in the picture.</param>
internal sealed record EventPlace(TimeSpan SinceDeal, double From, double To, double? FinalDeadline);
