using System;
using System.Threading.Tasks;

namespace IExec.Tasks.Mono;

/// <summary>Runs the steps one after the other; the first that fails ends it.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var smoke = new Smoke(arguments);
        foreach (var (name, run) in smoke.Steps)
        {
            try
            {
                Console.WriteLine($"{name}: {await run()}");
            }
            catch (Exception exception)
            {
                Console.WriteLine($"{name} FAILED\n{exception}");
                return 1;
            }
        }

        return 0;
    }
}
