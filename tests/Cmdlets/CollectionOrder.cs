using System;
using System.Collections.Generic;
using System.Linq;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("IExec.Tasks.CmdletTests.CollectionOrder", "IExec.Task.CmdletTests")]

namespace IExec.Tasks.CmdletTests;

/// <summary>
/// The long tests first, so that none is alone at the end; but the fault matrix last: it keeps all processors busy, and some of its time limits are short.
/// </summary>
public sealed class CollectionOrder : ITestCollectionOrderer
{
    private static readonly string[] Long = ["Acceptance.Pester", "Acceptance.Terminal", "Examples.Example", "Deals.FindIExecDeal", "Claims.ClaimBatch"];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Rank);

    private static int Rank(ITestCollection collection) =>
        collection.DisplayName.Contains("Faults.FaultMatrix", StringComparison.Ordinal) ? 2
        : Long.Any(name => collection.DisplayName.Contains(name, StringComparison.Ordinal)) ? 0 : 1;
}
