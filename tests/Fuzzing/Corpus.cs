using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace IExec.Tasks.Fuzzing;

/// <summary>The initial inputs of a target, one file each: valid ones, and those that once broke it.</summary>
internal static class Corpus
{
    private static readonly string Root = Path.Combine(
        typeof(Corpus).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key is "RepositoryRoot").Value!,
        "tests", "Fuzzing", "corpus");

    /// <summary>The names of all folders.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)!)];

    /// <summary>A single input.</summary>
    public static byte[] Read(string target, string name) => File.ReadAllBytes(Path.Combine(Root, target, name));

    public static IReadOnlyList<byte[]> Read(FuzzTarget target) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, target.Name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}
