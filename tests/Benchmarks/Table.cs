using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>The gauges of an earlier run, in <c>table.json</c>, by the work.</summary>
internal static class Table
{
    private static readonly string FilePath = Path.Combine(RepositoryPaths.Root, "tests", "Benchmarks", "table.json");
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Replaces the measured rows of the table.</summary>
    public static void Record(IEnumerable<BenchmarkRow> rows)
    {
        var table = File.Exists(FilePath) ? Read() : [];
        foreach (var row in rows)
            table[row.Work] = new Gauge(Math.Round(row.Gauge.Value, 3), Math.Round(row.Gauge.Noise, 3));
        File.WriteAllText(FilePath, JsonSerializer.Serialize(table, Options) + "\n");
    }

    /// <summary>Compares each row with the table.</summary>
    /// <returns>Whether none is worse.</returns>
    public static bool Compare(IEnumerable<BenchmarkRow> rows)
    {
        var table = Read();
        var isGood = true;
        Console.WriteLine();
        foreach (var row in rows)
        {
            var before = table.GetValueOrDefault(row.Work);
            var isWorse = before is null || row.Gauge.IsWorseThan(before);
            isGood &= !isWorse;
            Console.WriteLine($"{(isWorse ? "FAILED" : "passed")}: {row.Work}: {row.Gauge}, in the table {before?.ToString() ?? "not yet: record it"}");
        }

        return isGood;
    }

    private static SortedDictionary<string, Gauge> Read() => JsonSerializer.Deserialize<SortedDictionary<string, Gauge>>(File.ReadAllText(FilePath))!;
}
