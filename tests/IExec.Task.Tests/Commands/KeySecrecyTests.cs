using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.ModuleTests.Commands;

/// <summary>Looks for traces of keys and passwords in everything a user, a transcript or a log could get to see.</summary>
public sealed class KeySecrecyTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>, IDisposable
{
    private const string WrongKey = TestKeys.FirstKey + "5eed";
    private const string WrongPassword = "correct-horse-battery-staple";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("Connect-IExec -RpcUrl $url -PrivateKey $key -PassThru -Verbose -Debug", TestKeys.FirstKey)]
    [InlineData("Connect-IExec -RpcUrl $url -PrivateKey $key -Verbose -Debug; Get-IExecConnection; $key; Disconnect-IExec; Connect-IExec -RpcUrl $url", TestKeys.FirstKey)]
    [InlineData("Connect-IExec -RpcUrl $url -PrivateKey $key -Verbose -Debug", WrongKey)]
    [InlineData("Connect-IExec nowhere -RpcUrl $url -PrivateKey $key -Verbose -Debug", TestKeys.FirstKey)]
    [InlineData("Connect-IExec -RpcUrl http://127.0.0.1:9 -MaximumRetryCount 0 -PrivateKey $key -Verbose -Debug", TestKeys.FirstKey)]
    [InlineData("Connect-IExec -RpcUrl $url -KeystorePath $file -Password $key -PassThru -Verbose -Debug", TestKeys.KeyFilePassword)]
    [InlineData("Connect-IExec -RpcUrl $url -KeystorePath $file -Password $key -Verbose -Debug", WrongPassword)]
    public async Task Nothing_shows_a_trace_of_the_secret(string script, string secret)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await File.WriteAllTextAsync(_file, TestKeys.KeyFile);
        using var host = PowerShellHost.WithModule();
        host.Set("url", chain.RpcUrl);
        host.Set("file", _file);
        host.Set("key", TestKeys.Secure(secret));

        var seen = new StringBuilder();
        seen.Append(host.Render(script)).AppendLine();
        var result = host.Invoke(script);
        seen.AppendLine(result.HostText).AppendJoin('\n', result.Verbose).AppendJoin('\n', result.Debug).AppendJoin('\n', result.Warnings).AppendLine();
        foreach (var value in result.Output.Concat(result.AllErrors().Select(record => PSObject.AsPSObject(record))).Concat(host.Invoke("$Error").Output))
            Dump(seen, value, depth: 5);

        var text = seen.ToString();
        Assert.NotEmpty(text.Trim());
        Assert.DoesNotContain(SecretTraces.Of(secret).Concat(SecretTraces.Of(TestKeys.FirstKey)), trace => text.Contains(trace, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The test would see something if there were something to see.</summary>
    [Fact]
    public void A_trace_would_be_found()
    {
        var seen = new StringBuilder();
        Dump(seen, PSObject.AsPSObject(new { Outer = new { Inner = "a key ends with " + TestKeys.FirstKey[40..] } }), depth: 5);
        Assert.Contains(SecretTraces.Of(TestKeys.FirstKey), trace => seen.ToString().Contains(trace, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Writes an object's text and, below it, those of its properties.</summary>
    private static void Dump(StringBuilder seen, PSObject value, int depth)
    {
        seen.AppendLine(value.BaseObject.ToString());
        if (depth == 0 || value.BaseObject is string || value.BaseObject.GetType().IsPrimitive)
            return;

        foreach (var item in value.BaseObject is IEnumerable items ? items.Cast<object?>().Take(100) : [])
            DumpIfAny(item);
        foreach (var property in value.Properties)
        {
            seen.Append(property.Name).Append(' ');
            DumpIfAny(TryGet(property));
        }

        void DumpIfAny(object? item)
        {
            if (item is not null)
                Dump(seen, PSObject.AsPSObject(item), depth - 1);
        }
    }

    private static object? TryGet(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
