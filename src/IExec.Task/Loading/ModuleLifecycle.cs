using System.Management.Automation;

namespace IExec.Tasks.Loading;

/// <summary>What happens when the module is imported: on PowerShell 7 the assemblies in Dependencies become findable; nothing is loaded yet.</summary>
public sealed class ModuleLifecycle : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
#if NET
        DependencyContext.Hook();
#endif
    }
}
