using System;
using System.Threading.Tasks;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>The memory, handles and threads of a watch after warming up, in the middle and at the end of the work.</summary>
internal static class Flatness
{
    private const double WarmUp = 0.1;

    /// <summary>Takes the figures while the work is done.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="duration">How long the work takes, about.</param>
    /// <param name="work">The work.</param>
    public static async Task<Figure> WatchAsync(WatchProcess watch, TimeSpan duration, Task work)
    {
        await Task.WhenAny(work, Task.Delay(duration * WarmUp));
        var start = await watch.TakeFiguresAsync();
        await Task.WhenAny(work, Task.Delay(duration * (1 - WarmUp) / 2));
        var middle = await watch.TakeFiguresAsync();
        await work;
        var end = await watch.TakeFiguresAsync();
        return new Figure("what the watching process holds", $"{start}; then {middle}; in the end {end}", "flat", middle.IsFlatSince(start) && end.IsFlatSince(start));
    }
}
