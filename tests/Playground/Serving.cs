using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Playground;

/// <summary>Keeps the local chains and their services running for another PowerShell.</summary>
internal static class Serving
{
    public static async Task<int> RunAsync()
    {
        await using var devnet = await ServedDevnet.StartAsync();
        var (tasks, deals) = (devnet.State.Tasks, devnet.State.Deals);
        Console.WriteLine($"Import-Module {RepositoryPaths.Manifest}");
        foreach (var command in devnet.ConnectCommands)
            Console.WriteLine(command);
        Console.WriteLine($"Get-IExecTask -DealId {deals["bag"].DealId}");
        Console.WriteLine($"Get-IExecTaskOffchainInfo {tasks["active"].TaskId}");
        Console.WriteLine($"The requester's key, for Connect-IExec -PrivateKey (ConvertTo-SecureString <key> -AsPlainText -Force): {devnet.State.Accounts.Requester.PrivateKey}");
        Console.WriteLine($"Save-IExecTaskResult {tasks["completedSingle"].TaskId}");
        await devnet.WriteAsync(ServedDevnet.DefaultFile, RepositoryPaths.Manifest);
        Console.WriteLine($"The acceptance tests find all this in {ServedDevnet.DefaultFile}: Invoke-Pester tests/Pester");
        Console.WriteLine("Press Ctrl+C to stop.");
        var stopped = new TaskCompletionSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }

        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await stopped.Task;
        File.Delete(ServedDevnet.DefaultFile);
        return 0;
    }
}
