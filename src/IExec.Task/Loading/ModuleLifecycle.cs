using System.Management.Automation;

namespace IExec.Tasks.Loading;

/// <summary>
/// What happens when the module is imported: on PowerShell 7 the assemblies in Dependencies become findable, on Windows PowerShell those that are
/// asked for by another version, and nothing is loaded yet. When it is removed, the runspace's connection is forgotten and its key wiped.
/// </summary>
public sealed class ModuleLifecycle : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
#if NET
        DependencyContext.Hook();
#else
        NeighbourReferences.Hook();
#endif
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => RunspaceState.Current.Forget();
}
