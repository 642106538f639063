using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks.Load;

/// <summary>
/// Sixteen runspaces of one process at once, round after round. Each imports the module, connects with a key, and does everything: reads, watches,
/// asks the scheduler, saves, decrypts, claims a task of its own.
/// </summary>
internal static class RunspaceLoad
{
    private const int Runspaces = 16;

    /// <summary>Until the runtime has compiled, loaded and pooled what it will, which goes on for about nine rounds.</summary>
    private const int WarmUps = 10;

    private const string Everything = """
        param($manifest, $key, $world, $deal, $open, $done, $secret, $pem, $folder, $claimable)
        $ErrorActionPreference = 'Stop'
        Import-Module $manifest
        Connect-IExec @world -PrivateKey $key
        @(Get-IExecTask -DealId $deal).Count
        @(Watch-IExecTask $open -Detailed -PollingIntervalSec 0.5 -TimeoutSec 3 -ErrorAction SilentlyContinue -ErrorVariable late).Count
        $late[0].FullyQualifiedErrorId
        (Get-IExecTaskOffchainInfo $open).TaskId
        (Get-IExecTaskLog $open).Stdout
        $plain = Save-IExecTaskResult $done $folder/plain.zip
        $plain.CidVerified -and $plain.DigestVerified
        $opened = Save-IExecTaskResult $secret $folder/secret.zip -BeneficiaryKeyPath $pem
        $opened.IsDecrypted -and $opened.DigestVerified
        @(Invoke-IExecTaskClaim $claimable -WhatIf).Count
        (Invoke-IExecTaskClaim $claimable -Force).TaskId
        """;

    public static async Task<IReadOnlyCollection<Figure>> RunAsync(TimeSpan duration)
    {
        for (var i = 0; i < WarmUps; i++)
            await RunRoundAsync();

        var rounds = new List<ProcessFigures>();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration || rounds.Count < 2;)
        {
            await RunRoundAsync();
            rounds.Add(ProcessFigures.Take());
            Console.WriteLine($"round {rounds.Count}: {rounds[^1]}");
        }

        var (earlier, later) = (Least(rounds[..(rounds.Count / 2)]), Least(rounds[(rounds.Count / 2)..]));
        return
        [
            new Figure($"{Runspaces} runspaces at once, each doing everything", $"{rounds.Count} rounds, no error, no wrong result", "no error, no wrong result", true),
            new Figure("the least held after a round, second half", $"{later}; first half: {earlier}", "as in the first half", later.IsFlatSince(earlier)),
        ];
    }

    /// <summary>The runtime pools some megabytes of buffers and some threads, now more, now less. What is lost for good shows in the least that is ever held.</summary>
    private static ProcessFigures Least(IReadOnlyCollection<ProcessFigures> rounds) => new(
        rounds.Min(round => round.Heap), rounds.Min(round => round.WorkingSet), rounds.Min(round => round.Handles), rounds.Min(round => round.Threads), rounds.Min(round => round.CpuSeconds));

    /// <summary>On a chain of its own, for every round claims tasks.</summary>
    private static async Task RunRoundAsync()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        await using var world = await LoadWorld.StartAsync(chain);
        var open = chain.State.Tasks["active"].TaskId;
        world.AddRun(open, "hello\n");
        var claimable = chain.State.Deals["bagTimeout"].Tasks.Take(Runspaces).Select(task => task.TaskId).ToList();
        var folder = Directory.CreateTempSubdirectory("iexec-load-");
        var hosts = claimable.ConvertAll(_ => new PowerShellHost());
        try
        {
            var all = hosts.Zip(claimable, (host, own) => Start(host, world, open, own, folder.CreateSubdirectory(own).FullName)).ToList();
            foreach (var (running, own) in all.Zip(claimable))
            {
                using (running)
                    Expect(running.Wait(), open, own);
            }
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
            folder.Delete(recursive: true);
        }
    }

    private static RunningPipeline Start(PowerShellHost host, LoadWorld world, string open, string claimable, string folder)
    {
        var (state, tasks) = (world.Chain.State, world.Chain.State.Tasks);
        return host.Start(
            Everything,
            ("manifest", RepositoryPaths.Manifest),
            ("key", LoadWorld.KeyOf(state.Accounts.Requester)),
            ("world", world.Connection),
            ("deal", state.Deals["bag"].DealId),
            ("open", open),
            ("done", tasks["completedMedium"].TaskId),
            ("secret", tasks["completedEncrypted"].TaskId),
            ("pem", DevnetFiles.BeneficiaryKey),
            ("folder", folder),
            ("claimable", claimable));
    }

    private static void Expect(InvocationResult result, string open, string claimable)
    {
        object[] expected = [1000, 1, "OperationTimedOut,IExec.Tasks.Commands.WatchIExecTaskCommand", open, "hello\n", true, true, 0, claimable];
        var got = result.As<object>();
        if (!got.SequenceEqual(expected))
            throw new InvalidOperationException($"A runspace got {string.Join(" | ", got)}");
    }
}
