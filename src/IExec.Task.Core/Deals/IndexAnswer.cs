using System.Collections.Generic;

namespace IExec.Tasks.Deals;

/// <summary>The result of an index.</summary>
/// <param name="Deals">The deals that it lists.</param>
/// <param name="LastBlock">The last block that it has certainly seen.</param>
/// <param name="IsExact">Whether the index reports that block itself, so that it has not seen the next one.</param>
internal sealed record IndexAnswer(IReadOnlyList<IndexedDeal> Deals, long LastBlock, bool IsExact);
