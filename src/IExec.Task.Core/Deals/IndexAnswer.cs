using System.Collections.Generic;

namespace IExec.Tasks.Deals;

/// <summary>What an index knows.</summary>
/// <param name="Deals">The deals that it names.</param>
/// <param name="LastBlock">The last block of the chain that it has surely seen.</param>
/// <param name="IsExact">Whether it says so itself, so that it has not seen the next one.</param>
internal sealed record IndexAnswer(IReadOnlyList<IndexedDeal> Deals, long LastBlock, bool IsExact);
