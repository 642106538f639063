using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Security;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests.Loading;

public sealed class IsolationTests
{
    /// <summary>The first account of development chains.</summary>
    private const string Key = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    [Fact]
    public async Task Import_and_a_connection_without_a_key_load_nothing_but_our_own_two_assemblies()
    {
        var shell = await ChildShell.RunAsync($$"""
            Import-Module '{{RepositoryPaths.Manifest}}'
            try { Connect-IExec -RpcUrl http://127.0.0.1:9 -MaximumRetryCount 0 -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } |
                Where-Object { $_ -match '^(IExec\.Task|Nethereum|NBitcoin|BouncyCastle|ADRaffy|Microsoft\.Extensions\.Logging)' -and $_ -notmatch 'Hosting' }
            """);

        Assert.Equal(["RpcUnavailable", "IExec.Task", "IExec.Task.Core"], shell.Output);
    }

    /// <summary>A key is read and signs, an invalid one is rejected, and the other module finds its own assemblies.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_modules_Nethereum_BouncyCastle_and_Newtonsoft_work_beside_ours(bool foreignFirst)
    {
        using var foreign = new ForeignAssemblies();
        var ours = $$"""
            Import-Module '{{RepositoryPaths.Manifest}}'
            foreach ($digits in '{{Key}}', ('0' * 64)) {
                $key = [Security.SecureString]::new(); foreach ($digit in $digits.ToCharArray()) { $key.AppendChar($digit) }
                try { Connect-IExec -RpcUrl http://127.0.0.1:9 -MaximumRetryCount 0 -PrivateKey $key -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            }
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'IExec.Task.Ethereum' } |
                ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name }
            """;

        var shell = await ChildShell.RunAsync(string.Join('\n', foreignFirst ? [foreign.ImportScript, ours, ForeignAssemblies.CheckScript] : [ours, foreign.ImportScript, ForeignAssemblies.CheckScript]));

        Assert.Equal(["RpcUnavailable", "KeyInvalid", "IExec.Task"], shell.Output);
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
        Assert.Single(Loaded(), assembly => assembly.GetName().Name is "IExec.Task.Ethereum");
    }

    [Fact]
    public void Model_types_have_names_that_scripts_can_use()
    {
        using var host = PowerShellHost.WithModule();
        Assert.Equal("IExec.Tasks.IExecTask", host.Invoke("[IExec.Tasks.IExecTask].FullName").As<string>().Single());
    }

    /// <summary>
    /// The key is used before the node, and there is no node: RpcUnavailable comes after the key worked. An invalid key is detected, too.
    /// </summary>
    private static void AssertThatKeysWork(PowerShellHost host)
    {
        foreach (var (digits, errorId) in new[] { (Key, "RpcUnavailable"), (new string('0', 64), "KeyInvalid") })
        {
            using var key = new SecureString();
            foreach (var digit in digits)
                key.AppendChar(digit);
            host.Set("key", key);
            Assert.Equal(errorId, host.Invoke("Connect-IExec -RpcUrl http://127.0.0.1:9 -MaximumRetryCount 0 -PrivateKey $key").SingleErrorId());
        }
    }

    private static HashSet<Assembly> Loaded() => [.. AppDomain.CurrentDomain.GetAssemblies()];
}
