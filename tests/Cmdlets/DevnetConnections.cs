using System;
using System.Linq;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests;

/// <summary>Hosts whose runspace is connected to a local chain.</summary>
internal static class DevnetConnections
{
    public static PowerShellHost Connect(this DevnetChain chain, HostOptions? options = null)
    {
        var host = PowerShellHost.WithModule(options);
        host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl}").ThrowOnError();
        return host;
    }

    /// <summary>A host that is connected with the account's key, to the chain or to a proxy before it.</summary>
    public static PowerShellHost ConnectAs(this DevnetChain chain, DevnetAccount account, HostOptions? options = null, Uri? url = null, string parameters = "")
    {
        var host = PowerShellHost.WithModule(options);
        host.Set("key", TestKeys.Secure(account.PrivateKey));
        host.Invoke($"Connect-IExec -RpcUrl {url ?? chain.RpcUrl} -PrivateKey $key {parameters}").ThrowOnError();
        return host;
    }

    /// <summary>The connection of the host's runspace, for another one.</summary>
    public static IExecConnection Connection(this PowerShellHost host) => host.Invoke("Get-IExecConnection").As<IExecConnection>().Single();
}
