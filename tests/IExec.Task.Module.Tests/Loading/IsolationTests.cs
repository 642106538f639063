using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.StagedTests.Loading;

public sealed class IsolationTests
{
    private const string BouncyCastle = "BouncyCastle.Cryptography";

    [Fact]
    public void Import_loads_the_two_assemblies_beside_each_other_at_most_and_no_BouncyCastle()
    {
        var before = Loaded();
        using var host = PowerShellHost.WithModule();
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
        Assert.Single(host.Invoke("Get-Module IExec.Task").Output);
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

    private static void AssertThatKeysWork(PowerShellHost host)
    {
        var address = host.Invoke("""
            $crypto = [Reflection.Assembly]::Load('IExec.Task.Crypto')
            $digits = $crypto.GetType('IExec.Tasks.Crypto.SecretBytes')::new([Text.Encoding]::ASCII.GetBytes('ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'))
            [Convert]::ToHexString($crypto.GetType('IExec.Tasks.Crypto.PrivateKey')::FromHex($digits).Address)
            """).As<string>().Single();
        Assert.Equal("F39FD6E51AAD88F6F4CE6AB8827279CFFFB92266", address);
    }

    private static HashSet<Assembly> Loaded() => [.. AppDomain.CurrentDomain.GetAssemblies()];
}
