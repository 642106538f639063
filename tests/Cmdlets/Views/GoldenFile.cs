using System;
using System.IO;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Views;

/// <summary>Expected text, which was checked by a person. With UPDATE_GOLDEN=1 in the environment it is written instead of compared.</summary>
internal static class GoldenFile
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "tests", "Cmdlets", "Views", "Golden");

    /// <summary>Whether to write the files instead of comparing.</summary>
    public static bool IsUpdating { get; } = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is "1";

    public static void AssertSame(string name, string text)
    {
        var path = Path.Combine(Folder, name + ".txt");
        if (IsUpdating)
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }
}
