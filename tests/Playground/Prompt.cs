using System;

namespace IExec.Tasks.Playground;

/// <summary>A simple prompt: a line in, objects out. Ctrl+C stops the running command, <c>exit</c> leaves.</summary>
internal static class Prompt
{
    public static int Run(World world)
    {
        Console.WriteLine($"PS> {world.ConnectCommand}");
        world.Host.Render(world.ConnectCommand);
        foreach (var (name, task) in world.State.Tasks)
            world.Host.Set(name, task.TaskId);
        foreach (var (name, deal) in world.State.Deals)
            world.Host.Set($"{name}Deal", deal.DealId);
        Console.WriteLine("Task ids are in variables such as $completedSingle and $active, deal ids in $bagDeal and the like. Leave with exit.");

        while (true)
        {
            Console.Write("PS> ");
            var line = Console.ReadLine();
            if (line is null || line.Trim().Equals("exit", StringComparison.OrdinalIgnoreCase))
                return 0;
            Execute(world, line);
        }
    }

    private static void Execute(World world, string line)
    {
        using var running = world.Host.StartRendering(line);
        void Stop(object? sender, ConsoleCancelEventArgs key)
        {
            key.Cancel = true;
            running.Stop();
        }

        Console.CancelKeyPress += Stop;
        try
        {
            if (running.Wait().Failure is { } failure)
                Console.WriteLine(failure.Message);
        }
        finally
        {
            Console.CancelKeyPress -= Stop;
        }
    }
}
