using System;
using System.Text.Json;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>
/// A separate process in which the engine, with the module, watches tasks, so that nothing else is measured with it. Progress is off:
/// the recording console would keep it all.
/// </summary>
internal static class WatchClient
{
    public const string Mode = "watch-client";

    /// <summary>Prints each update, and its figures for every line of its input; ends with the watch, once there is no more input.</summary>
    public static int Run(string rpcUrls, string parameters)
    {
        using var host = PowerShellHost.WithModule();
        host.Invoke($"$ProgressPreference = 'SilentlyContinue'; Connect-IExec -RpcUrl {rpcUrls}").ThrowOnError();
        host.Set("tell", new Action<IExecTaskUpdate>(update => Print(new WatchLine(EmittedUpdate.Of(update)))));
        using var watch = host.Start($"Watch-IExecTask {parameters} | ForEach-Object {{ $tell.Invoke($_) }}");
        while (Console.ReadLine() is not null)
            Print(new WatchLine(Figures: ProcessFigures.Take()));
        watch.Wait().ThrowOnError();
        return 0;
    }

    private static void Print(WatchLine line) => Console.WriteLine(JsonSerializer.Serialize(line));
}
