using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using IExec.Tasks.Contracts;
using IExec.Tasks.Devnet;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Contracts;

public sealed class OutcomeLogCodecTests
{
    private const string Account = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    private const string TaskId = "0xec8045dfb0235d46c2d7ece1eadfe7741728754aed8b7efb716e9890cf3e9a8d";
    private static readonly Address Hub = Address.Parse("0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E");

    [Theory]
    [InlineData("Reward", IExecTaskEventKind.Rewarded)]
    [InlineData("Seize", IExecTaskEventKind.Seized)]
    public void Money_has_an_account_an_amount_and_a_task(string name, IExecTaskEventKind kind)
    {
        var log = OutcomeLogCodec.Find(Read(name), Hub)!;

        Assert.Equal((kind, Account, 1000, TaskId, null), (log.Event, log.Account.ToString(), log.Amount, log.TaskId.ToString(), log.Worker));
        Assert.Equal((16, 2), (log.BlockNumber, log.LogIndex));
    }

    [Theory]
    [InlineData("AccurateContribution", IExecTaskEventKind.AccurateContribution)]
    [InlineData("FaultyContribution", IExecTaskEventKind.FaultyContribution)]
    public void A_judged_contribution_has_a_worker_and_a_task(string name, IExecTaskEventKind kind)
    {
        var log = OutcomeLogCodec.Find(Read(name), Hub)!;

        Assert.Equal((kind, Account, TaskId, null, null), (log.Event, log.Worker, log.TaskId.ToString(), log.Account, log.Amount));
    }

    [Theory]
    [InlineData("address", "0x70997970C51812dc3A010C7d01b50e0d17dc79C8")]
    [InlineData("topics", "[]")]
    [InlineData("topics", """["0x91fd26642cf3b75bfb86b9704a3668b7718104fa6e59e46674fa51757cdf0ea1"]""")]
    public void Ignores_other_events_and_those_of_other_contracts(string member, string value) => Assert.Null(OutcomeLogCodec.Find(Changed("Reward", member, value), Hub));

    [Theory]
    [InlineData("Reward", "data", "0x")]
    [InlineData("Reward", "data", "0x12")]
    [InlineData("Reward", "logIndex", "none")]
    [InlineData("Reward", "blockNumber", "0xffffffffffffffff")]
    [InlineData("Reward", "transactionHash", "0x12")]
    [InlineData("FaultyContribution", "topics", """["0xf868788948d55240774fdbad06555105ef20bbc70d1b7eccda982b65e11e79bb"]""")]
    public void Rejects_a_malformed_event(string name, string member, string value) =>
        Assert.Throws<AbiFormatException>(() => OutcomeLogCodec.Find(Changed(name, member, value), Hub));

    private static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(DevnetFiles.RepositoryRoot, "tests", "Fuzzing", "corpus", "outcome-log", name))).RootElement;

    private static JsonElement Changed(string name, string member, string value)
    {
        var log = JsonNode.Parse(Read(name).GetRawText())!;
        log[member] = value.StartsWith('[') ? JsonNode.Parse(value) : value;
        return JsonDocument.Parse(log.ToJsonString()).RootElement;
    }
}
