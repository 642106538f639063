using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Cmdlets;

/// <summary>Asks about many items, eight at a time, and keeps the answers in the order of the items.</summary>
internal static class FewAtATime
{
    private const int AskedAtOnce = 8;

    /// <summary>Asks about items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="ask">Asks about one.</param>
    /// <param name="cancellationToken">Ends it. What is still asked when nobody wants more answers ends, too.</param>
    /// <returns>Each item with its answer, which may still be on its way.</returns>
    public static async IAsyncEnumerable<(TItem Item, Task<TAnswer> Answer)> AskAsync<TItem, TAnswer>(
        IEnumerable<TItem> items, Func<TItem, CancellationToken, Task<TAnswer>> ask, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = new Queue<(TItem, Task<TAnswer>)>();
        try
        {
            foreach (var item in items)
            {
                if (asked.Count == AskedAtOnce)
                    yield return asked.Dequeue();
                asked.Enqueue((item, ask(item, abandoned.Token)));
            }

            while (asked.Count > 0)
                yield return asked.Dequeue();
        }
        finally
        {
            abandoned.Cancel();
        }
    }
}
