using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>Searches for traces of keys and passwords in everything that a user, a transcript or a log can show.</summary>
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

    /// <summary>Servers that repeat the request's URL and its Authorization header in every text of a response.</summary>
    [Theory]
    [InlineData("error")]
    [InlineData("error data")]
    [InlineData("error with a status")]
    [InlineData("error in a batch")]
    [InlineData("result")]
    [InlineData("page")]
    [InlineData("redirect")]
    public async Task Nothing_shows_a_trace_of_the_secrets_in_a_URL(string place)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        var server = proxy.Server.Url;
        string[] secrets = ["correct-horse", "0badc0ffee0badc0ffee0badc0ffee00", "battery-staple-query"];
        var url = $"{server.Scheme}://reader:{secrets[0]}@{server.Authority}/v3/{secrets[1]}?apikey={secrets[2]}";
        using var host = PowerShellHost.WithModule();
        host.Import(RestoredTools.Utility);
        host.Set("url", url);
        host.Set("file", "ftp://" + url);
        const string script =
            """
            Connect-IExec -RpcUrl $url -IpfsGatewayUrl $url -CompassUrl $url -MaximumRetryCount 1 -PassThru -Verbose -Debug
            Get-IExecConnection | Format-List * | Out-String
            Get-IExecTask -DealId 0x0000000000000000000000000000000000000000000000000000000000000001 -Verbose -Debug
            Connect-IExec -RpcUrl $file
            """;

        var seen = new StringBuilder();
        foreach (var isConnected in (bool[])[true, false])
        {
            if (isConnected)
                host.Invoke("Connect-IExec -RpcUrl $url -IpfsGatewayUrl $url -CompassUrl $url");
            proxy.Intercept = request => Repeat(place, request, url);
            var result = host.Invoke(isConnected ? script[script.IndexOf("Get-IExecConnection", StringComparison.Ordinal)..] : script);
            Assert.NotEmpty(result.AllErrors());
            seen.AppendLine(result.HostText).AppendJoin('\n', result.Verbose).AppendJoin('\n', result.Debug).AppendJoin('\n', result.Warnings).AppendLine();
            foreach (var value in result.Output.Concat(result.AllErrors().Select(record => PSObject.AsPSObject(record))).Concat(host.Invoke("$Error").Output))
                Dump(seen, value, depth: 5);
        }

        var text = seen.ToString();
        Assert.DoesNotContain(secrets.SelectMany(SecretTraces.Of), trace => text.Contains(trace, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Checks that the search itself works.</summary>
    [Fact]
    public void A_trace_would_be_found()
    {
        var seen = new StringBuilder();
        Dump(seen, PSObject.AsPSObject(new { Outer = new { Inner = "a key ends with " + TestKeys.FirstKey[40..] } }), depth: 5);
        Assert.Contains(SecretTraces.Of(TestKeys.FirstKey), trace => seen.ToString().Contains(trace, StringComparison.OrdinalIgnoreCase));
    }

    private static ScriptedReply Repeat(string place, JsonNode request, string url)
    {
        var text = $"no plan for {url}, Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(new Uri(url).UserInfo))}";
        JsonNode[] requests = [.. request is JsonArray batch ? batch.Select(each => each!) : [request]];
        JsonObject Error(JsonNode each, string message, string? data) => new()
        {
            ["jsonrpc"] = "2.0", ["id"] = each["id"]!.DeepClone(), ["error"] = new JsonObject { ["code"] = -32001, ["message"] = message, ["data"] = data },
        };
        return place switch
        {
            "error" => ScriptedReply.Json(Error(requests[0], text, null).ToJsonString()),
            "error data" => ScriptedReply.Json(Error(requests[0], "see data", text).ToJsonString()),
            "error with a status" => ScriptedReply.WithStatus(HttpStatusCode.Forbidden, Error(requests[0], text, null).ToJsonString()),
            "error in a batch" when request is JsonObject && (string?)request["method"] == "eth_call" => RpcProxy.Answer(request, "result", "0x"), // no Multicall3
            "error in a batch" => ScriptedReply.Json(request is JsonArray
                ? new JsonArray([.. requests.Select(each => Error(each, text, null))]).ToJsonString()
                : Error(request, text, null).ToJsonString()),
            "result" => RpcProxy.Answer(request, "result", text),
            "page" => ScriptedReply.WithStatus(HttpStatusCode.Forbidden, text, "text/html"),
            _ => ScriptedReply.Redirect(HttpStatusCode.TemporaryRedirect, "https://elsewhere.example/" + new Uri(url).UserInfo.Split(':')[1]),
        };
    }

    /// <summary>Writes an object's text and, below it, those of its properties; of code, such as the method that threw an exception or the command that failed, the text alone.</summary>
    private static void Dump(StringBuilder seen, PSObject value, int depth)
    {
        seen.AppendLine(value.BaseObject.ToString());
        if (depth == 0 || value.BaseObject is string or MemberInfo or Assembly or Module or CommandInfo or PSModuleInfo || value.BaseObject.GetType().IsPrimitive)
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
