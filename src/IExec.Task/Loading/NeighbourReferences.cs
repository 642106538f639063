#if !NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace IExec.Tasks.Loading;

/// <summary>
/// On Windows PowerShell a module has no binding redirects: a reference finds exactly the version that it names. Two of Nethereum's name older
/// versions than those beside them. Only these are resolved here, and only for assemblies of this module.
/// </summary>
internal static class NeighbourReferences
{
    private static readonly HashSet<string> Answered = new(StringComparer.Ordinal) { "Newtonsoft.Json, 11.0.0.0", "System.Memory, 4.0.1.1" };

    private static readonly string Folder = Path.GetDirectoryName(typeof(NeighbourReferences).Assembly.Location)!;

    /// <summary>Resolves them from now on; registered once, however often the module is imported.</summary>
    public static void Hook()
    {
        AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    private static Assembly? Resolve(object sender, ResolveEventArgs request)
    {
        var name = new AssemblyName(request.Name);
        return IsOurs(request.RequestingAssembly) && Answered.Contains($"{name.Name}, {name.Version}") ? Assembly.LoadFrom(Path.Combine(Folder, name.Name + ".dll")) : null;
    }

    /// <summary>Assemblies without a file have no location, or throw.</summary>
    private static bool IsOurs(Assembly? assembly) =>
        assembly is { IsDynamic: false, Location: { Length: > 0 } location } && string.Equals(Path.GetDirectoryName(location), Folder, StringComparison.OrdinalIgnoreCase);
}
#endif
