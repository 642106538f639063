using System;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>Arguments that are rejected before anything is done, with a message that says what to do instead.</summary>
public sealed class RefusedArgumentTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Theory]
    [InlineData("Connect-IExec -PrivateKey $text", "PrivateKey")]
    [InlineData("Connect-IExec -KeystorePath . -Password $text", "Password")]
    [InlineData("Save-IExecTaskResult 0x12 -BeneficiaryKeyPath . -BeneficiaryKeyPassword $text", "BeneficiaryKeyPassword")]
    public void A_secret_in_plain_text(string command, string parameter)
    {
        using var host = PowerShellHost.WithModule();
        host.Set("text", TestKeys.FirstKey);

        var result = host.Invoke(command);

        Assert.Equal("ParameterArgumentTransformationError", result.SingleErrorId());
        var message = result.Errors[0].ToString();
        Assert.Contains($"'{parameter}'", message, StringComparison.Ordinal);
        Assert.Contains("Read-Host -AsSecureString", message, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretTraces.Of(TestKeys.FirstKey), trace => message.Contains(trace, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Get-IExecTask 0x12 -Connection $copy")]
    [InlineData("Disconnect-IExec -Connection $copy")]
    [InlineData("$copy | Disconnect-IExec")]
    public async Task A_deserialized_connection(string command)
    {
        using var host = (await devnet.GetAsync(DevnetProfile.Arbitrum)).Connect();

        // Deserializes an object, as jobs and remote sessions do.
        var result = host.Invoke("$copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-IExecConnection))); " + command);

        Assert.Contains("Run Connect-IExec in this runspace", Assert.Single(result.AllErrors()).ToString(), StringComparison.Ordinal);
        Assert.Single(host.Invoke("Get-IExecConnection").Output);
    }
}
