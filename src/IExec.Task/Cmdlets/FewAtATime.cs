using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Cmdlets;

/// <summary>Runs an asynchronous function for many items, eight at a time, and returns the results in the order of the items.</summary>
internal static class FewAtATime
{
    private const int AskedAtOnce = 8;

    /// <summary>Runs the function for each item.</summary>
    /// <param name="items">The items.</param>
    /// <param name="ask">The function.</param>
    /// <param name="cancellationToken">Cancels what is running. So does leaving the enumeration early.</param>
    /// <returns>Each item with its result, which may not have completed yet.</returns>
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
