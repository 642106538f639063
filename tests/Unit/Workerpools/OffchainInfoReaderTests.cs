using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using CsCheck;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Fakes;
using IExec.Tasks.Workerpools;
using IExec.Tasks.UnitTests.Connections;

namespace IExec.Tasks.UnitTests.Workerpools;

public sealed class OffchainInfoReaderTests : IDisposable
{
    private static readonly Bytes32 TaskId = Bytes32.Parse(VectorFile.TaskId(0));
    private static readonly string Id = $"\"chainTaskId\":\"{TaskId}\"";
    private static readonly Uri Api = new("https://pool.example/");

    private readonly IExecConnection _connection = OfflineConnection.Create();

    private static Gen<DateTimeOffset> GenDate { get; } = Gen.Long[0, 4_000_000_000_000].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Reads_what_a_scheduler_writes()
    {
        var history = Gen.Select(Gen.String[1, 30], GenDate).List[1, 8];
        var cause = Gen.Select(Gen.Bool, Gen.String[0, 10]).Select((isGiven, text) => isGiven ? text : null);
        var exitCode = Gen.Select(Gen.Bool, Gen.Int).Select((isGiven, code) => isGiven ? code : (int?)null);
        var replicate = Gen.Select(Gen.Byte.Array[20], Gen.Select(Gen.String[1, 10], GenDate, cause).List[1, 5], exitCode);
        Gen.Select(history, replicate.List[0, 4], Gen.Bool).Sample((statuses, replicates, asMilliseconds) =>
        {
            var task = new SchedulerTask(TaskId.ToString(), "");
            if (asMilliseconds)
                task.WriteDate = date => date.ToUnixTimeMilliseconds();
            foreach (var (status, date) in statuses)
                task.Move(status, date);
            foreach (var (worker, updates, code) in replicates)
            {
                var added = task.AddReplicate(new Address(worker).ToString());
                added.ExitCode = code;
                foreach (var (status, date, why) in updates)
                    added.Move(status, date, why);
            }

            var info = Read(task.ToJson(Api).ToJsonString());

            Assert.Equal(Whole(statuses[^1].Item1), info.Status);
            Assert.Equal(statuses.Select(entry => (Whole(entry.Item1), entry.Item2)), info.StatusHistory.Select(entry => (entry.Status!, entry.Date!.Value)));
            Assert.Equal(replicates.Select(item => (new Address(item.Item1).ToString(), item.Item3)), info.Replicates.Select(item => (item.Worker!, item.ExitCode)));
            Assert.Equal(
                replicates.SelectMany(item => item.Item2).Select(update => (Whole(update.Item1), update.Item2, update.Item3 is null ? null : Whole(update.Item3))),
                info.Replicates.SelectMany(item => item.StatusHistory).Select(entry => (entry.Status!, entry.Date!.Value, entry.Cause)));
        });
    }

    [Theory]
    [InlineData("\"2024-04-22T09:15:33.123+00:00\"")]
    [InlineData("\"2024-04-22T09:15:33.123+0000\"")]
    [InlineData("\"2024-04-22T11:15:33.123+02:00\"")]
    [InlineData("\"2024-04-22T11:15:33.123+0200\"")]
    [InlineData("\"2024-04-22T09:15:33.123Z\"")]
    [InlineData("\"2024-04-22T09:15:33.123\"")]
    [InlineData("1713777333123")]
    public void Reads_every_form_of_a_date(string json)
    {
        var info = Read($$"""{{{Id}},"dateStatusList":[{"status":"RECEIVED","date":{{json}}}]}""");

        Assert.Equal(new DateTimeOffset(2024, 4, 22, 9, 15, 33, 123, TimeSpan.Zero), info.StatusHistory[0].Date);
        Assert.Equal(TimeSpan.Zero, info.StatusHistory[0].Date!.Value.Offset);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"yesterday\"")]
    [InlineData("1e300")]
    [InlineData("9223372036854775807")]
    [InlineData("{}")]
    public void A_date_that_cannot_be_read_is_none(string json) =>
        Assert.Null(Read($$"""{{{Id}},"dateStatusList":[{"status":"RECEIVED","date":{{json}}}]}""").StatusHistory[0].Date);

    [Fact]
    public void Tolerates_what_is_new_and_what_is_missing()
    {
        var info = Read($$"""{{{Id}},"currentStatus":"BEING_TELEPORTED","later":{"a":[1]},"replicates":[{"currentStatus":"DREAMING"},null],"dateStatusList":null}""");

        Assert.Equal("BEING_TELEPORTED", info.Status);
        Assert.Empty(info.StatusHistory);
        Assert.Null(info.Explanation);
        Assert.Equal(("DREAMING", null, null), (Assert.Single(info.Replicates).Status, info.Replicates[0].Worker, info.Replicates[0].ExitCode));
        Assert.Null(Read($$"""{{{Id}}}""").Status);
    }

    [Fact]
    public void Keeps_the_receipt_of_a_status()
    {
        var info = Read($$$"""{{{{Id}}},"dateStatusList":[{"status":"FINALIZED","date":1,"chainReceipt":{"blockNumber":7,"txHash":"0xabc"}}]}""");

        Assert.Equal("0xabc", info.StatusHistory[0].TransactionHash);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("{\"chainTaskId\":\"0x12\"}")]
    [InlineData("{\"currentStatus\":\"RUNNING\"}")]
    [InlineData("{\"currentStatus\":\"RUNNING\"")]
    public void Rejects_a_body_that_is_not_a_task(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    /// <summary>A status that is no text must not become an empty one, nor a list that is none an empty list.</summary>
    [Theory]
    [InlineData("\"currentStatus\":5")]
    [InlineData("\"currentStatus\":{\"name\":\"RUNNING\"}")]
    [InlineData("\"replicates\":{}")]
    [InlineData("\"replicates\":\"none\"")]
    [InlineData("\"replicates\":[7]")]
    [InlineData("\"replicates\":[{\"currentStatus\":[]}]")]
    [InlineData("\"replicates\":[{\"walletAddress\":7}]")]
    [InlineData("\"replicates\":[{\"appExitCode\":\"1\"}]")]
    [InlineData("\"replicates\":[{\"statusUpdateList\":true}]")]
    [InlineData("\"dateStatusList\":{\"status\":\"RECEIVED\"}")]
    [InlineData("\"dateStatusList\":[{\"status\":false}]")]
    public void Rejects_what_has_another_shape(string member) => Assert.ThrowsAny<JsonException>(() => Read($$"""{{{Id}},{{member}}}"""));

    [Theory]
    [InlineData("\"computeLogsList\":{}")]
    [InlineData("\"computeLogsList\":\"\"")]
    [InlineData("\"computeLogsList\":[\"text\"]")]
    [InlineData("\"computeLogsList\":[{\"stdout\":[\"a\"]}]")]
    [InlineData("\"computeLogsList\":[{\"stderr\":1}]")]
    [InlineData("\"computeLogsList\":[{\"walletAddress\":1}]")]
    public void Rejects_logs_of_another_shape(string member) => Assert.ThrowsAny<JsonException>(() => LogReader.Read(Encoding.UTF8.GetBytes($$"""{{{Id}},{{member}}}"""), TaskId));

    [Fact]
    public void Rejects_a_list_that_is_too_long() =>
        Assert.ThrowsAny<JsonException>(() => Read($$"""{{{Id}},"replicates":[{{string.Join(',', Enumerable.Repeat("{}", 10_001))}}]}"""));

    [Fact]
    public void Any_bytes_are_accepted_or_rejected()
    {
        var task = new SchedulerTask(TaskId.ToString(), "").Move("RECEIVED", DateTimeOffset.UnixEpoch);
        task.AddReplicate(new Address(new byte[20]).ToString()).Move("COMPUTE_FAILED", DateTimeOffset.UnixEpoch, "APP_COMPUTE_FAILED").ExitCode = 1;
        var honest = Encoding.UTF8.GetBytes(task.ToJson(Api).ToJsonString());
        const string Structure = "{}[]\",:\\u0129ntf.e-";
        var byteOrStructure = Gen.Int[0, 300].Select(i => i < 256 ? (byte)i : (byte)Structure[i % Structure.Length]);
        Gen.Select(Gen.Int[0, honest.Length - 1], byteOrStructure).List[1, 6].Sample(changes =>
        {
            var bytes = (byte[])honest.Clone();
            foreach (var (at, with) in changes)
                bytes[at] = with;
            try
            {
                return OffchainInfoReader.Read(bytes, TaskId, Pool()) is not null;
            }
            catch (JsonException)
            {
                return true;
            }
        });
    }

    [Fact]
    public void A_lone_surrogate_at_the_start_of_a_log_is_replaced()
    {
        var json = """{"computeLogsList":[{"walletAddress":"0x70997970c51812dc3a010c7d01b50e0d17dc79c8","stdout":"\ude00 \"a\\b\/\n\t\r\b\f\u0041\ud83d\ude00"}]}""";

        var log = Assert.Single(LogReader.Read(Encoding.UTF8.GetBytes(json), TaskId));

        Assert.Equal("\uFFFD \"a\\b/\n\t\r\b\fA😀", log.Stdout);
        Assert.Equal(("0x70997970C51812dc3A010C7d01b50e0d17dc79C8", ""), (log.Worker, log.Stderr));
    }

    private IExecTaskOffchainInfo Read(string json) => OffchainInfoReader.Read(Encoding.UTF8.GetBytes(json), TaskId, Pool());

    private WorkerpoolApi Pool() => new(Api, default, _connection.Http, _connection.Open(NoDiagnostics.Instance));

    /// <summary>What JSON can carry of a text: half characters are replaced.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
