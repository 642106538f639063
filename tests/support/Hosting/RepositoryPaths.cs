using System.IO;
using System.Linq;
using System.Reflection;

namespace IExec.Tasks.Hosting;

/// <summary>The paths of the clone that this was built from.</summary>
public static class RepositoryPaths
{
    /// <summary>The clone's root folder.</summary>
    public static string Root { get; } = typeof(RepositoryPaths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The module's manifest in the clone.</summary>
    public static string Manifest { get; } = Path.Combine(Root, "IExec.Task.psd1");
}
