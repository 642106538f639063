using System;

namespace IExec.Tasks;

/// <summary>A category of deals, which says how long tasks may take.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TimeRef">Its unit of time.</param>
internal sealed record DealCategory(string Name, TimeSpan TimeRef);
