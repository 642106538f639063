using System;
using System.Threading.Tasks;

namespace IExec.Tasks.Playground;

/// <summary>A local chain with the real contracts, the module in a hosted engine, and a tour of what it does.</summary>
internal static class Program
{
    private const string Usage = """
        dotnet run --project tests/Playground               the guided tour
        dotnet run --project tests/Playground -- --prompt   a prompt with the module and the local chain
        dotnet run --project tests/Playground -- --serve    the local chains alone, for your own PowerShell
        """;

    private static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case []:
                await using (var world = await World.StartAsync())
                    return Tour.Run(world);
            case ["--prompt"]:
                await using (var world = await World.StartAsync())
                    return Prompt.Run(world);
            case ["--serve"]:
                return await Serving.RunAsync();
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }
}
