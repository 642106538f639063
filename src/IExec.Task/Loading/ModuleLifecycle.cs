using System.Management.Automation;

namespace IExec.Tasks.Loading;

/// <summary>
/// On import, registers how to find the assemblies in Dependencies (PowerShell 7) or references to other versions (Windows PowerShell); nothing is
/// loaded yet. On removal, forgets the runspace's connection and wipes its key.
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
