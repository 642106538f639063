using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Security;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.StagedTests.Loading;

public sealed class IsolationTests
{
    /// <summary>The first account of development chains.</summary>
    private const string Key = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private const string BouncyCastle = "BouncyCastle.Cryptography";

    [Fact]
    public void Import_and_a_connection_without_a_key_load_neither_Crypto_nor_BouncyCastle()
    {
        var before = Loaded();
        using var host = PowerShellHost.WithModule();
        Assert.Equal("RpcUnavailable", host.Invoke("Connect-IExec -RpcUrl http://127.0.0.1:9 -MaximumRetryCount 0").SingleErrorId());
        var added = Loaded().Except(before).Select(assembly => assembly.GetName().Name!).Where(name => name is BouncyCastle || name.StartsWith("IExec", StringComparison.Ordinal));
        Assert.Empty(added.Except(["IExec.Task", "IExec.Task.Core"]));
    }

    [Fact]
    public void A_foreign_BouncyCastle_does_not_reach_our_keys()
    {
        var foreign = ForeignBouncyCastle.LoadIntoTheDefaultContext();
        using var host = PowerShellHost.WithModule();

        AssertThatKeysWork(host);

        Assert.Same(foreign, Assembly.Load(foreign.GetName()));
        var ours = Assert.Single(Loaded(), assembly => assembly.GetName().Name is BouncyCastle && assembly != foreign);
        Assert.Equal("IExec.Task", AssemblyLoadContext.GetLoadContext(ours)!.Name);
    }

    [Fact]
    public void Importing_again_by_force_changes_nothing()
    {
        using var host = PowerShellHost.WithModule();
        for (var i = 0; i < 2; i++)
            host.Invoke("param($module) Import-Module $module -Force -ErrorAction Stop", ("module", RepositoryPaths.Manifest)).ThrowOnError();

        AssertThatKeysWork(host);
        Assert.NotEmpty(host.Invoke("Get-Command -Module IExec.Task").Output);
    }

    [Fact]
    public void A_second_runspace_works_when_the_module_was_removed_from_the_first()
    {
        using var first = PowerShellHost.WithModule();
        using var second = PowerShellHost.WithModule();
        first.Invoke("Remove-Module IExec.Task").ThrowOnError();

        AssertThatKeysWork(second);
        Assert.Single(Loaded(), assembly => assembly.GetName().Name is "IExec.Task.Crypto");
    }

    [Fact]
    public void Model_types_have_names_that_scripts_can_use()
    {
        using var host = PowerShellHost.WithModule();
        Assert.Equal("IExec.Tasks.IExecTask", host.Invoke("[IExec.Tasks.IExecTask].FullName").As<string>().Single());
    }

    /// <summary>
    /// The key is taken before the node is asked, and there is no node: RpcUnavailable comes after the key worked. A bad key is noticed too.
    /// </summary>
    private static void AssertThatKeysWork(PowerShellHost host)
    {
        foreach (var (digits, errorId) in new[] { (Key, "RpcUnavailable"), (new string('0', 64), "KeyInvalid") })
        {
            using var key = new SecureString();
            foreach (var digit in digits) key.AppendChar(digit);
            host.Set("key", key);
            Assert.Equal(errorId, host.Invoke("Connect-IExec -RpcUrl http://127.0.0.1:9 -MaximumRetryCount 0 -PrivateKey $key").SingleErrorId());
        }
    }

    private static HashSet<Assembly> Loaded() => [.. AppDomain.CurrentDomain.GetAssemblies()];
}
