using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>Long watches with bad networks: no update is lost, and memory does not grow.</summary>
internal sealed class WatchSoak : ILongRun
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);

    public string Name => "watch-soak";

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<Figure>> RunAsync(TimeSpan? duration)
    {
        Func<Task<IReadOnlyCollection<Figure>>>[] parts =
        [
            new FaultySoak(DevnetProfile.Arbitrum, volume: 72, share: 0.3, pollingInterval: 0.2, Short).RunAsync,
            new FaultySoak(DevnetProfile.Bellecour, volume: 72, share: 0.3, pollingInterval: 0.2, Short).RunAsync,
            new WebSocketSoak(Short).RunAsync,
            new HourSoak().RunAsync,
            new FaultySoak(DevnetProfile.Arbitrum, volume: 1000, share: 0.2, pollingInterval: 1, duration ?? Usual).RunAsync,
        ];
        var figures = new List<Figure>();
        foreach (var part in parts)
        {
            var found = await part();
            foreach (var figure in found)
                await Console.Error.WriteLineAsync($"{figure.What}: {figure.Found}"); // the whole takes long
            figures.AddRange(found);
        }

        return figures;
    }
}
