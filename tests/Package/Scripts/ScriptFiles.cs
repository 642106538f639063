using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>Every script in the repository, and every one in its views and types.</summary>
internal static class ScriptFiles
{
    private static readonly string[] Extensions = [".ps1", ".psm1", ".psd1"];
    private static readonly string[] MadeFolders = ["bin", "obj", "net8.0", "netstandard2.0", "out", "state", "node_modules", "TestResults", ".git"];

    public static IReadOnlyList<Script> Read() =>
    [
        .. Files(new DirectoryInfo(RepositoryPaths.Root)).SelectMany(file => Extensions.Contains(file.Extension) ? [ReadScript(file)] : ReadEmbedded(file)),
    ];

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) => folder.EnumerateFiles()
        .Where(file => Extensions.Contains(file.Extension) || file.Extension == ".ps1xml")
        .Concat(folder.EnumerateDirectories().Where(child => !MadeFolders.Contains(child.Name)).SelectMany(Files));

    private static Script ReadScript(FileInfo file)
    {
        var bytes = File.ReadAllBytes(file.FullName);
        return new(NameOf(file), Encoding.UTF8.GetString(bytes), bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
    }

    /// <summary>XML declares its encoding itself.</summary>
    private static IEnumerable<Script> ReadEmbedded(FileInfo file) =>
        from element in XDocument.Load(file.FullName, LoadOptions.PreserveWhitespace).Descendants()
        where element.Name.LocalName is "ScriptBlock" or "GetScriptBlock" or "Script"
        let text = element.Value.Trim()
        select new Script($"{NameOf(file)}: {text.Split('\n')[0]}", text, HasByteOrderMark: true);

    private static string NameOf(FileInfo file) => Path.GetRelativePath(RepositoryPaths.Root, file.FullName);
}
