using System;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Deals;

/// <summary>A deal in the result of an index. None of this is emitted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StartTime">When it was made; the order of the search.</param>
/// <param name="IsDone">Whether the index says that each of its tasks was completed or claimed.</param>
internal sealed record IndexedDeal(Bytes32 Id, DateTimeOffset StartTime, bool IsDone);
