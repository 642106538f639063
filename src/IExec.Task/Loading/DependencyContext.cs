#if NET
using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace IExec.Tasks.Loading;

/// <summary>
/// Keeps IExec.Task.Ethereum and what it stands on, Nethereum and BouncyCastle among it, apart from everything else in the process: another module's
/// copies, whatever their version, never meet ours. Newtonsoft.Json is PowerShell's own. Windows PowerShell has no load contexts; there all
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
    /// Answers for IExec.Task.Ethereum from now on. Done once however often the module is imported, and for good: other runspaces may have the
    /// module too, and its objects outlive it.
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
