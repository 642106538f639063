using System;
using System.Diagnostics;
using System.IO;

namespace IExec.Tasks.Benchmarks;

/// <summary>What a process holds at a moment when nothing is left to collect.</summary>
/// <param name="Heap">Bytes of the managed heap.</param>
/// <param name="WorkingSet">Bytes of memory.</param>
/// <param name="Handles">Open files and sockets; elsewhere than on Linux, handles.</param>
/// <param name="Threads">Threads of the operating system.</param>
/// <param name="CpuSeconds">What it has computed since its start.</param>
internal sealed record ProcessFigures(long Heap, long WorkingSet, int Handles, int Threads, double CpuSeconds)
{
    private const double Megabyte = 1024 * 1024;
    private const string OpenFiles = "/proc/self/fd";

    /// <summary>This process's figures, after a full collection.</summary>
    public static ProcessFigures Take()
    {
        // Twice, because what has a finalizer goes with the second only.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new ProcessFigures(
            GC.GetTotalMemory(forceFullCollection: true),
            process.WorkingSet64,
            Directory.Exists(OpenFiles) ? Directory.GetFileSystemEntries(OpenFiles).Length : process.HandleCount,
            process.Threads.Count,
            process.TotalProcessorTime.TotalSeconds);
    }

    /// <summary>Whether no more is held than before, but for what a runtime takes and gives back as it likes.</summary>
    public bool IsFlatSince(ProcessFigures before) =>
        Heap <= before.Heap + (2 * Megabyte) && WorkingSet <= before.WorkingSet + (24 * Megabyte) && Handles <= before.Handles + 8 && Threads <= before.Threads + 6;

    public override string ToString() => $"heap {Heap / Megabyte:0.0} MB, memory {WorkingSet / Megabyte:0} MB, {Handles} handles, {Threads} threads";
}
