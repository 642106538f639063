using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.ModuleTests;

/// <summary>Hosts whose runspace is connected to a local chain.</summary>
internal static class DevnetConnections
{
    public static PowerShellHost Connect(this DevnetChain chain, HostOptions? options = null)
    {
        var host = PowerShellHost.WithModule(options);
        host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl}").ThrowOnError();
        return host;
    }
}
