using System;
using System.Buffers.Binary;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Contracts;

public sealed class TaskCodecTests
{
    private const int WordSize = 32;
    private const int FirstField = WordSize; // behind the tuple's offset
    private const int RevealDeadline = 5;
    private const int ResultsTimestamp = 13;
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly Bytes32 Id = Bytes32.Parse(VectorFile.TaskId(0));

    [Fact]
    public void Calls_viewTask() => Assert.Equal(VectorFile.Bytes("abi", "viewTask_call"), TaskCodec.Encode(Id));

    [Fact]
    public void Makes_an_id_of_the_deal_and_the_index()
    {
        var deal = Bytes32.Parse(VectorFile.Text("dealId"));
        Assert.Equal(VectorFile.TaskId(0), TaskCodec.TaskId(deal, 0).ToString());
        Assert.Equal(VectorFile.TaskId(1), TaskCodec.TaskId(deal, 1).ToString());
    }

    [Fact]
    public void A_task_of_zeros_does_not_exist() => Assert.Null(TaskCodec.Decode(Id, VectorFile.Bytes("abi", "viewTask_return_unset"), Now, 134));

    [Fact]
    public void Reads_a_completed_task()
    {
        var task = TaskCodec.Decode(Id, VectorFile.Bytes("abi", "viewTask_return_completed"), Now, 134)!;

        Assert.Equal((Id.ToString(), VectorFile.Text("dealId"), 0, 134), (task.TaskId, task.DealId, task.Index, task.ChainId));
        Assert.Equal((IExecTaskStatus.Completed, TimeSpan.FromMinutes(5), Now), (task.OnChainStatus, task.TimeRef, task.BlockTimestamp));
        Assert.Equal((1, 1), (task.RevealCounter, task.WinnerCounter));
        Assert.Equal("0xa66904897001ea4628813a983b9984dddd8fa59c7c64ea2343bd7645e0d3f881", task.ConsensusValue);
        Assert.Equal("0xb94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9", task.ResultDigest);
        Assert.Equal(("ipfs", "0x"), (task.Result.Storage, task.ResultsCallback));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(255, false)]
    public void Rejects_an_unknown_status(byte status, bool isKnown)
    {
        var data = With(field: 0, status);
        if (isKnown)
            Assert.Equal(IExecTaskStatus.Failed, TaskCodec.Decode(Id, data, Now, 134)!.OnChainStatus);
        else
            Assert.Throws<AbiFormatException>(() => TaskCodec.Decode(Id, data, Now, 134));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    public void A_time_of_zero_is_null(long seconds)
    {
        DateTimeOffset? expected = seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds);
        Assert.Equal(expected, TaskCodec.Decode(Id, With(RevealDeadline, seconds), Now, 134)!.RevealDeadline);
        Assert.Equal(expected, TaskCodec.Decode(Id, With(ResultsTimestamp, seconds), Now, 134)!.ResultsTimestamp);
    }

    /// <summary>The completed task with another number in one of its words.</summary>
    private static byte[] With(int field, long value)
    {
        var data = VectorFile.Bytes("abi", "viewTask_return_completed");
        BinaryPrimitives.WriteInt64BigEndian(data.AsSpan(FirstField + (WordSize * (field + 1)) - sizeof(long)), value);
        return data;
    }
}
