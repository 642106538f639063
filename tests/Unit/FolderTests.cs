using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.UnitTests;

/// <summary>The allowed references between the folders of Core, and the names in src/README.md.</summary>
public sealed partial class FolderTests
{
    /// <summary>Each may use those before it, and every feature may use them all.</summary>
    private static readonly string[] Foundation = ["Ethereum", "Diagnostics", "Transport.Http", "Transport.Rpc", "Contracts", "Connections"];

    /// <summary>Features, and what they use beside the foundation.</summary>
    private static readonly Dictionary<string, string[]> Features = new()
    {
        ["Tasks"] = [],
        ["Transactions"] = [],
        ["Deals"] = ["Tasks"],
        ["Diagnosis"] = ["Tasks"],
        ["Events"] = ["Tasks"],
        ["Reports"] = [],
        ["Watching"] = ["Tasks"],
        ["Workerpools"] = ["Tasks"],
        ["Claims"] = ["Tasks", "Transactions"],
    };

    /// <summary>The parts of the largest feature: each may use those before it.</summary>
    private static readonly string[] Results = ["Results", "Results.Ipfs", "Results.Archives", "Results.Download", "Results.Verification", "Results.Saving"];

    /// <summary>What everything may use; its types are in the root namespace. It sees the values of Ethereum only.</summary>
    private static readonly string[] Common = ["Model", "Errors", "Polyfills"];

    private static readonly string[] OfDotNet = ["CancellationToken", "HttpClient"];

    private static readonly string Core = Path.Combine(DevnetFiles.RepositoryRoot, "src", "IExec.Task.Core");

    [Fact]
    public void Each_folder_uses_only_what_it_may()
    {
        var uses = SourceFiles().SelectMany(file => UsesOf(File.ReadAllText(file)), (file, used) => (Folder: FolderOf(file), Used: used, file)).ToList();

        Assert.Contains(uses, use => use.Folder == "Claims" && use.Used == "Transactions");
        Assert.All(uses, use => Assert.True(MayUse(use.Folder, use.Used), $"{use.file} uses {use.Used}."));
    }

    [Fact]
    public void Each_file_is_in_the_folder_of_its_namespace()
    {
        Assert.All(SourceFiles(), file => Assert.True(IsInItsFolder(FolderOf(file), NamespaceOf(File.ReadAllText(file)), Path.GetFileName(file)), file));
    }

    [Theory]
    [InlineData("Results.Saving", "Claims")]
    [InlineData("Watching", "Workerpools")]
    [InlineData("Events", "Workerpools")]
    [InlineData("Transport.Http", "Transport.Rpc")]
    [InlineData("Contracts", "Connections")]
    [InlineData("Tasks", "Deals")]
    [InlineData("Results.Ipfs", "Results.Download")]
    [InlineData("Model", "Contracts")]
    public void A_forbidden_reference_is_found(string folder, string used)
    {
        var planted = UsesOf($"using System;\nusing IExec.Tasks.{used};\n\nnamespace IExec.Tasks.{folder};\n");

        Assert.False(MayUse(folder, Assert.Single(planted)));
    }

    [Fact]
    public void The_walk_through_names_only_what_is_there()
    {
        var source = Path.Combine(DevnetFiles.RepositoryRoot, "src");
        var types = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();

        var named = TypeName().Matches(File.ReadAllText(Path.Combine(source, "README.md"))).Select(match => match.Groups["name"].Value).ToList();

        Assert.Contains("TaskReader", named);
        Assert.All(named.Except(OfDotNet), name => Assert.Contains(name, types));
    }

    private static bool MayUse(string folder, string used)
    {
        if (Common.Contains(folder))
            return used == Foundation[0];
        if (Array.IndexOf(Foundation, folder) is >= 0 and var place)
            return Array.IndexOf(Foundation, used, 0, place + 1) >= 0;
        if (Foundation.Contains(used))
            return true;
        return Array.IndexOf(Results, folder) is >= 0 and var part
            ? Array.IndexOf(Results, used, 0, part) >= 0
            : Features[folder].Contains(used);
    }

    private static IEnumerable<string> SourceFiles() => Directory.EnumerateFiles(Core, "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(Core, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    private static string FolderOf(string file) => Path.GetRelativePath(Core, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');

    /// <summary>The folders of Core that a file names; not those of the Ethereum adapter, which lies below Core as a whole.</summary>
    private static IEnumerable<string> UsesOf(string source) =>
        Using().Matches(source).Select(match => match.Groups["name"].Value).Where(used => used != "Crypto" && used != NamespaceOf(source));

    private static string NamespaceOf(string source) => Namespace().Match(source).Groups["name"].Value.TrimStart('.');

    /// <summary>The connection is a public type, and those are all in the root namespace.</summary>
    private static bool IsInItsFolder(string folder, string name, string file) =>
        name == (Common.Contains(folder) || file == "IExecConnection.cs" ? "" : folder);

    [GeneratedRegex(@"^using IExec\.Tasks\.(?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Using();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^namespace IExec\.Tasks(?<name>[\w.]*);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespace();
}
