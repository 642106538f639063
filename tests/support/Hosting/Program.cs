using System;

namespace IExec.Tasks.Hosting;

/// <summary>The engine as a process: runs the script given as the only argument and shows what a console would.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        using var host = new PowerShellHost(new HostOptions { Width = 200, Echo = Console.Out });
        using var running = host.StartRendering(arguments[0]);
        return running.Wait().Failure is null ? 0 : 1;
    }
}
