using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>Reads the memory of a process that claimed with a key and closed its connection. Linux lets a parent do that.</summary>
public sealed class KeyMemoryTests
{
    private const byte Mask = 0x5A;

    [Fact]
    public async Task A_key_is_in_memory_once_and_after_Disconnect_IExec_nowhere()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        var digits = chain.State.Accounts.Requester.PrivateKey;
        var folder = Directory.CreateTempSubdirectory("iexec-memory-");
        try
        {
            // The key must not be in the command line, which stays in memory: it is passed digit by digit, and masked.
            var masked = Path.Combine(folder.FullName, "masked");
            await File.WriteAllBytesAsync(masked, [.. digits.Select(digit => (byte)(digit ^ Mask))]);
            var tasks = new[] { "claimable0", "claimable1", "claimable2" }.Select(name => chain.State.Tasks[name].TaskId);
            var found = new List<string>[2];

            var shell = await ChildShell.RunAsync(
                $$"""
                function Wait-Scan($stage) {
                    [IO.File]::WriteAllText("{{folder.FullName}}/ready$stage", '')
                    while (-not [IO.File]::Exists("{{folder.FullName}}/scanned$stage")) { [Threading.Thread]::Sleep(50) }
                }
                Import-Module '{{RepositoryPaths.Manifest}}'
                $key = [Security.SecureString]::new(); foreach ($byte in [IO.File]::ReadAllBytes('{{masked}}')) { $key.AppendChar([char]($byte -bxor {{Mask}})) }
                Connect-IExec -RpcUrl {{chain.RpcUrl}} -HubAddress {{chain.State.Contracts.Hub}} -PrivateKey $key
                $key.Dispose()
                foreach ($id in {{string.Join(", ", tasks.Select(id => $"'{id}'"))}}) { (Invoke-IExecTaskClaim $id -Force).TaskId }
                Wait-Scan 0
                Disconnect-IExec
                Wait-Scan 1
                """,
                process =>
                {
                    for (var stage = 0; stage < found.Length; stage++)
                    {
                        while (!File.Exists($"{folder.FullName}/ready{stage}") && !process.HasExited)
                            Thread.Sleep(50);
                        found[stage] = process.HasExited ? ["nothing: it ended"] : [.. Traces(digits).Where(trace => Holds(process.Id, trace.Bytes)).Select(trace => trace.Name)];
                        File.WriteAllText($"{folder.FullName}/scanned{stage}", "");
                    }
                });

            Assert.True(tasks.All(shell.Output.Contains), string.Join('\n', shell.Output));
            Assert.Equal(["bytes"], found[0]);
            Assert.Empty(found[1]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The key as bytes, as digits, and as the numbers in the cryptography library.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Traces(string digits)
    {
        var hex = digits[^64..].ToLowerInvariant();
        var key = Convert.FromHexString(hex);
        yield return ("bytes", key);
        yield return ("digits", Encoding.ASCII.GetBytes(hex));
        yield return ("digits as UTF-16", Encoding.Unicode.GetBytes(hex));
        yield return ("a number, least significant word first", [.. key.Reverse()]);
        yield return ("a number, most significant word first", [.. key.Chunk(4).SelectMany(word => word.Reverse())]);
    }

    private static bool Holds(int process, byte[] trace)
    {
        using var memory = File.OpenHandle($"/proc/{process}/mem");
        return File.ReadLines($"/proc/{process}/maps").Select(line => line.Split(' ')).Where(fields => fields[1].StartsWith("rw", StringComparison.Ordinal)).Any(fields =>
        {
            var range = Array.ConvertAll(fields[0].Split('-'), address => long.Parse(address, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            var buffer = new byte[range[1] - range[0]];
            try
            {
                for (var length = 0; length < buffer.Length && RandomAccess.Read(memory, buffer.AsSpan(length), range[0] + length) is var read and > 0; length += read)
                {
                }
            }
            catch (IOException)
            {
                // A range that cannot be read to its end, such as one of the kernel's.
            }

            return buffer.AsSpan().IndexOf(trace) >= 0;
        });
    }
}
