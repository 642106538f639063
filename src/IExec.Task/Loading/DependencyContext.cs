#if NET
using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace IExec.Tasks.Loading;

/// <summary>
/// Loads IExec.Task.Ethereum and its dependencies, such as Nethereum and BouncyCastle, in a load context of their own, so that versions which another
/// module loaded do not conflict. Newtonsoft.Json is PowerShell's own. Windows PowerShell has no load contexts; there all
/// assemblies lie in one folder, and of assemblies with the same name the first one of the session wins.
/// </summary>
internal sealed class DependencyContext : AssemblyLoadContext
{
    private const string Entry = "IExec.Task.Ethereum";

    private static readonly Lazy<DependencyContext> Instance = new(() => new DependencyContext());

    private readonly string _folder = Path.Combine(Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location)!, "Dependencies");

    private DependencyContext()
        : base("IExec.Task")
    {
    }

    /// <summary>
    /// Resolves IExec.Task.Ethereum from now on. It is registered once, however often the module is imported, and never removed: other runspaces may
    /// use the module too, and its objects outlive it.
    /// </summary>
    public static void Hook()
    {
        var home = GetLoadContext(typeof(DependencyContext).Assembly)!;
        home.Resolving -= Resolve;
        home.Resolving += Resolve;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private static Assembly? Resolve(AssemblyLoadContext home, AssemblyName name) =>
        string.Equals(name.Name, Entry, StringComparison.Ordinal) ? Instance.Value.LoadFromAssemblyName(name) : null;
}
#endif
