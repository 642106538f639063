using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.CmdletTests.Workerpools;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>A scheduler that asks for a signature it could abuse gets none.</summary>
public sealed class HostileChallengeTests(WorkerpoolFixture workerpools) : IClassFixture<WorkerpoolFixture>
{
    private const string Permit = """
        {"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
        "Permit":[{"name":"owner","type":"address"},{"name":"spender","type":"address"},{"name":"value","type":"uint256"},{"name":"nonce","type":"uint256"},{"name":"deadline","type":"uint256"}]},
        "primaryType":"Permit","domain":{"name":"iExec LLC Network Token","version":"1","chainId":1,"verifyingContract":"0x607F4C5BB672230e8672085532f7e901544a7375"},
        "message":{"owner":"0x1111111111111111111111111111111111111111","spender":"0x2222222222222222222222222222222222222222","value":"1","nonce":"0","deadline":"1"}}
        """;

    private static readonly (string Name, Action<JsonObject> Change)[] Changes =
    [
        ("the marketplace's domain", data => data["domain"]!["name"] = "iExecODB"),
        ("its version", data => data["domain"]!["version"] = "5.0.0"),
        ("another chain", data => data["domain"]!["chainId"] = 1),
        ("the chain as text", data => data["domain"]!["chainId"] = data["domain"]!["chainId"]!.ToString()),
        ("a verifying contract", data => data["domain"]!["verifyingContract"] = "0x607F4C5BB672230e8672085532f7e901544a7375"),
        ("a salt", data => data["domain"]!["salt"] = "0x" + new string('1', 64)),
        ("no domain", data => data.Remove("domain")),
        ("another primary type", data => data["primaryType"] = "EIP712Domain"),
        ("a primary type that is none", data => data["primaryType"] = null),
        ("another type beside", data => data["types"]!["OrderOperationEnum"] = new JsonArray()),
        ("a nested type", data => data["types"]!["Challenge"]![0]!["type"] = "Order"),
        ("a field more in the struct", data => data["types"]!["Challenge"]!.AsArray().Add(new JsonObject { ["name"] = "value", ["type"] = "uint256" })),
        ("a field more in the domain's type", data => data["types"]!["EIP712Domain"]!.AsArray().Add(new JsonObject { ["name"] = "salt", ["type"] = "bytes32" })),
        ("another order in the domain's type", data => data["types"]!["EIP712Domain"]!.AsArray().Add(data["types"]!["EIP712Domain"]!.AsArray()[0]!.DeepClone())),
        ("no types", data => data.Remove("types")),
        ("no message", data => data.Remove("message")),
        ("an empty message", data => data["message"] = new JsonObject()),
        ("a message more", data => data["message"]!["value"] = "1"),
        ("a challenge that is no text", data => data["message"]!["challenge"] = new JsonObject()),
        ("an empty challenge", data => data["message"]!["challenge"] = ""),
        ("a challenge without end", data => data["message"]!["challenge"] = new string('a', 5000)),
        ("something beside", data => data["extra"] = 1),
    ];

    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Nothing_but_a_log_challenge_is_signed(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("apiBadChallenge");
        pool.AddRun(taskId);
        var honest = pool.Scheduler.WriteChallenge;

        foreach (var (name, change) in Changes)
        {
            pool.Scheduler.WriteChallenge = challenge =>
            {
                var data = honest(challenge)!.AsObject();
                change(data);
                return data;
            };
            var result = host.Invoke($"Get-IExecTaskLog {taskId}");
            Assert.True(result.ErrorIds().SequenceEqual(["ChallengeRejected"]), $"{name}: {string.Join(", ", result.AllErrors())}");
            Assert.Contains(pool.Address, result.Errors[0].ToString());
        }

        foreach (var whole in new[] { Permit, "[]", "null", "\"sign me\"", "{}", """{"data":{}}""" })
        {
            pool.Scheduler.WriteChallenge = _ => JsonNode.Parse(whole);
            Assert.Equal("ChallengeRejected", host.Invoke($"Get-IExecTaskLog {taskId}").SingleErrorId());
        }

        Assert.Empty(pool.Scheduler.Authorizations);
        Assert.Equal(0, pool.Scheduler.Count("/logs"));
    }

    [Fact]
    public async Task Both_valid_forms_are_signed()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId);
        var honest = pool.Scheduler.WriteChallenge;
        foreach (var write in new Func<string, JsonNode?>[] { honest, challenge => new JsonObject { ["data"] = honest(challenge) } })
        {
            pool.Scheduler.WriteChallenge = write;
            using var host = pool.Connect(pool.Requester);
            Assert.Single(host.Invoke($"Get-IExecTaskLog {taskId}").As<IExecTaskLog>());
        }
    }
}
