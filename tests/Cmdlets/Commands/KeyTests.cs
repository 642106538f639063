using System;
using System.IO;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Commands;

public sealed class KeyTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>, IDisposable
{
    private const string Account = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private const string KeyFileName = "UTC--2025-01-31T23-59-59.999000000Z--f39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    private readonly string _folder = Directory.CreateTempSubdirectory("keystore").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(TestKeys.FirstKey)]
    [InlineData("0x" + TestKeys.FirstKey)]
    public async Task A_private_key_makes_a_connection_that_signs_for_its_account(string digits)
    {
        using var host = await ConnectAsync("-PrivateKey $key", digits);

        var connection = Assert.Single(host.Invoke("Get-IExecConnection").As<IExecConnection>());

        Assert.Equal(Account, connection.Address);
        Assert.Contains(Account, host.Render("Get-IExecConnection"));
        Assert.Equal(Account, connection.RequireSigner().Address.ToString());
    }

    [Fact]
    public async Task Without_a_key_a_connection_has_no_address_and_does_not_sign()
    {
        using var host = await ConnectAsync("");

        var connection = Assert.Single(host.Invoke("Get-IExecConnection").As<IExecConnection>());

        Assert.Null(connection.Address);
        Assert.Equal(IExecErrorId.SignerRequired, Assert.Throws<IExecException>(connection.RequireSigner).ErrorId);
    }

    [Theory]
    [InlineData("-KeystorePath ./" + KeyFileName)]
    [InlineData("-KeystorePath .")]
    [InlineData("-KeystorePath . -Address " + Account)]
    [InlineData("-KeystorePath ./" + KeyFileName + " -Address 0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266")]
    public async Task A_key_file_makes_a_connection_that_signs_for_its_account(string parameters)
    {
        using var host = await HostAsync(TestKeys.KeyFilePassword);

        var connection = Assert.Single(host.Invoke($"Connect-IExec -RpcUrl $url {parameters} -Password $key -PassThru").As<IExecConnection>());

        Assert.Equal(Account, connection.Address);
    }

    [Theory]
    [InlineData("", "KeyInvalid")]
    [InlineData("0x1234", "KeyInvalid")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "KeyInvalid")]
    public async Task An_invalid_key_is_rejected(string digits, string errorId)
    {
        using var host = await HostAsync(digits);

        var result = host.Invoke("Connect-IExec -RpcUrl $url -PrivateKey $key");

        Assert.Equal(errorId, result.SingleErrorId());
        Assert.Equal("PrivateKey", Assert.Single(result.AllErrors()).TargetObject);
        Assert.Empty(host.Invoke("Get-IExecConnection").Output);
    }

    [Theory]
    [InlineData("-KeystorePath ./nothing", "KeyInvalid", "./nothing")]
    [InlineData("-KeystorePath env:HOME", "KeyInvalid", "env:HOME")]
    [InlineData("-KeystorePath nowhere:/key", "KeyInvalid", "nowhere:/key")]
    [InlineData("-KeystorePath . -Address 0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "KeyInvalid", ".")]
    [InlineData("-KeystorePath ./" + KeyFileName + " -Address 0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "KeyInvalid", "./" + KeyFileName)]
    [InlineData("-KeystorePath . -Address 0x70997970C51812dc3A010C7d01b50e0d17dc79c8", "InvalidAddress", "0x70997970C51812dc3A010C7d01b50e0d17dc79c8")]
    public async Task A_key_file_that_cannot_be_used_is_refused(string parameters, string errorId, string target)
    {
        using var host = await HostAsync(TestKeys.KeyFilePassword);

        var result = host.Invoke($"Connect-IExec -RpcUrl $url {parameters} -Password $key");

        Assert.Equal(errorId, result.SingleErrorId());
        Assert.Equal(target, Assert.Single(result.AllErrors()).TargetObject);
    }

    [Fact]
    public async Task A_wrong_password_is_PasswordWrong()
    {
        using var host = await HostAsync("hunter2");

        var result = host.Invoke("Connect-IExec -RpcUrl $url -KeystorePath . -Password $key");

        Assert.Equal("PasswordWrong", result.SingleErrorId());
        Assert.Equal(".", Assert.Single(result.AllErrors()).TargetObject);
        Assert.Contains(KeyFileName, result.Errors[0].ToString());
    }

    [Fact]
    public async Task A_key_and_a_key_file_exclude_each_other()
    {
        using var host = await HostAsync(TestKeys.FirstKey);

        Assert.Equal("AmbiguousParameterSet", host.Invoke("Connect-IExec -RpcUrl $url -PrivateKey $key -KeystorePath . -Password $key").SingleErrorId());
    }

    [Fact]
    public async Task Disconnecting_wipes_the_key()
    {
        using var host = await ConnectAsync("-PrivateKey $key", TestKeys.FirstKey);
        var connection = Assert.Single(host.Invoke("Get-IExecConnection").As<IExecConnection>());

        host.Invoke("Disconnect-IExec").ThrowOnError();

        AssertWiped(connection, true);
    }

    [Fact]
    public async Task Connecting_again_wipes_the_key_of_a_connection_that_was_not_emitted()
    {
        using var host = await ConnectAsync("-PrivateKey $key", TestKeys.FirstKey);
        var connection = CurrentConnection(host);

        host.Invoke("Connect-IExec -RpcUrl $url").ThrowOnError();

        AssertWiped(connection, true);
    }

    [Theory]
    [InlineData("$first = Connect-IExec -RpcUrl $url -PrivateKey $key -PassThru")]
    [InlineData("Connect-IExec -RpcUrl $url -PrivateKey $key; $first = Get-IExecConnection")]
    public async Task Connecting_again_leaves_an_emitted_connection_open(string script)
    {
        using var host = await HostAsync(TestKeys.FirstKey);
        host.Invoke(script).ThrowOnError();

        host.Invoke("Connect-IExec -RpcUrl $url").ThrowOnError();

        var connection = Assert.Single(host.Invoke("$first").As<IExecConnection>());
        AssertWiped(connection, false);
        host.Invoke("$first | Disconnect-IExec").ThrowOnError();
        AssertWiped(connection, true);
    }

    [Fact]
    public async Task Removing_the_module_wipes_the_key()
    {
        using var host = await ConnectAsync("-PrivateKey $key", TestKeys.FirstKey);
        var connection = CurrentConnection(host);

        host.Invoke("Remove-Module IExec.Task").ThrowOnError();

        AssertWiped(connection, true);
    }

    [Fact]
    public async Task A_failed_connection_changes_nothing()
    {
        using var host = await ConnectAsync("-PrivateKey $key", TestKeys.FirstKey);

        Assert.Equal("ChainMismatch", host.Invoke("Connect-IExec bellecour -RpcUrl $url -PrivateKey $key").SingleErrorId());

        AssertWiped(Assert.Single(host.Invoke("Get-IExecConnection").As<IExecConnection>()), false);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_derivation_of_a_key()
    {
        using var host = await HostAsync("testpassword");
        await File.WriteAllTextAsync(Path.Combine(_folder, "costly"), TestKeys.CostlyKeyFile);

        using var running = host.Start("Connect-IExec -RpcUrl $url -KeystorePath ./costly -Password $key");
        await Task.Delay(300);
        running.Stop();

        Assert.True(running.IsCompleted);
        Assert.Empty(host.Invoke("Get-IExecConnection").Output);
    }

    private static void AssertWiped(IExecConnection connection, bool isWiped)
    {
        var exception = Record.Exception(() => connection.RequireSigner().Sign(default(Bytes32)));
        Assert.Equal(isWiped, (exception as IExecException)?.ErrorId == IExecErrorId.SignerRequired);
    }

    /// <summary>The runspace's connection, without emitting it.</summary>
    private static IExecConnection CurrentConnection(PowerShellHost host)
    {
        var previous = System.Management.Automation.Runspaces.Runspace.DefaultRunspace;
        System.Management.Automation.Runspaces.Runspace.DefaultRunspace = host.Runspace;
        try
        {
            return Loading.RunspaceState.Current.Connection!;
        }
        finally
        {
            System.Management.Automation.Runspaces.Runspace.DefaultRunspace = previous;
        }
    }

    private async Task<PowerShellHost> ConnectAsync(string parameters, string secret = "")
    {
        var host = await HostAsync(secret);
        host.Invoke("Connect-IExec -RpcUrl $url " + parameters).ThrowOnError();
        return host;
    }

    /// <summary>A host in the folder of the key file, with the node's <c>$url</c> and the secret in <c>$key</c>.</summary>
    private async Task<PowerShellHost> HostAsync(string secret)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, KeyFileName), TestKeys.KeyFile);
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        var host = PowerShellHost.WithModule();
        host.Set("url", chain.RpcUrl);
        host.Set("key", TestKeys.Secure(secret));
        host.Runspace.SessionStateProxy.Path.SetLocation(_folder);
        return host;
    }
}
