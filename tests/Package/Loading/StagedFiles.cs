using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests.Loading;

/// <summary>The built module's files.</summary>
internal static class StagedFiles
{
    public static string Folder(string framework) => Path.Combine(RepositoryPaths.Root, "lib", framework);

    public static IEnumerable<string> Assemblies(string framework) => Directory.EnumerateFiles(Folder(framework), "*.dll", SearchOption.AllDirectories);

    /// <summary>The name of an assembly file and the names it refers to, each with its version.</summary>
    public static (string Name, IReadOnlyList<string> References) Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var own = metadata.GetAssemblyDefinition();
        return (
            $"{metadata.GetString(own.Name)} {own.Version}",
            [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(other => $"{metadata.GetString(other.Name)} {other.Version}")]);
    }

    /// <summary>The texts in an assembly file's code.</summary>
    public static IReadOnlyList<string> ReadTexts(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var texts = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
            texts.Add(metadata.GetUserString(handle));
        return texts;
    }
}
