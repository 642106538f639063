using System;
using System.Buffers.Binary;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>The hub's <c>viewTask(bytes32)</c>; the layout is <c>IexecLibCore_v5.Task</c> of the PoCo contracts.</summary>
internal static class TaskCodec
{
    private const uint ViewTask = 0xadccf0d5;
    /// <summary>A hash that is not set yet.</summary>
    public static readonly string ZeroText = default(Bytes32).ToString();

    public static byte[] Encode(Bytes32 taskId) => AbiWriter.Call(ViewTask, taskId);

    /// <summary>The id of the task with this index: keccak256 of the deal's id and the index.</summary>
    public static Bytes32 TaskId(Bytes32 dealId, long index)
    {
        Span<byte> preimage = stackalloc byte[2 * Bytes32.Size];
        preimage.Clear();
        dealId.CopyTo(preimage);
        BinaryPrimitives.WriteInt64BigEndian(preimage.Slice(preimage.Length - sizeof(long)), index);
        return Bytes32.Keccak(preimage);
    }

    /// <summary>Decodes the result of <c>viewTask</c>.</summary>
    /// <returns>The task; null when there is none with this id, which the contract shows as all zero.</returns>
    /// <exception cref="AbiFormatException">The data is not a task.</exception>
    public static IExecTask? Decode(Bytes32 taskId, ReadOnlySpan<byte> returnData, DateTimeOffset blockTimestamp, long chainId)
    {
        var tuple = new AbiReader(returnData).ReadTuple();
        var status = tuple.ReadUInt8();
        if (status > (byte)IExecTaskStatus.Failed)
            throw new AbiFormatException($"{status} is not a task's status.");
        var dealId = tuple.ReadBytes32();
        var index = tuple.ReadCount();
        var timeRef = tuple.ReadDuration();
        var contributionDeadline = tuple.ReadUnixTime();
        var revealDeadline = tuple.ReadUnixTime();
        var finalDeadline = tuple.ReadUnixTime();
        var consensusValue = tuple.ReadBytes32();
        var revealCounter = tuple.ReadCount();
        var winnerCounter = tuple.ReadCount();
        var contributors = Array.ConvertAll(tuple.ReadAddresses(), address => address.ToString());
        var resultDigest = tuple.ReadBytes32();
        var results = tuple.ReadBytes();
        var resultsTimestamp = tuple.ReadUnixTime();
        var resultsCallback = tuple.ReadBytes();
        if (dealId.IsZero)
            return null;

        return new IExecTask
        {
            TaskId = taskId.ToString(),
            DealId = dealId.ToString(),
            Index = index,
            OnChainStatus = (IExecTaskStatus)status,
            TimeRef = timeRef,
            ContributionDeadline = contributionDeadline,
            RevealDeadline = NullWhenUnset(revealDeadline),
            FinalDeadline = finalDeadline,
            ConsensusValue = Text(consensusValue),
            RevealCounter = revealCounter,
            WinnerCounter = winnerCounter,
            Contributors = contributors,
            ResultDigest = Text(resultDigest),
            Result = ResultLinkReader.Read(results),
            ResultsCallback = resultsCallback.IsEmpty ? "0x" : Hex.Encode(resultsCallback),
            ResultsTimestamp = NullWhenUnset(resultsTimestamp),
            BlockTimestamp = blockTimestamp,
            ChainId = chainId,
        };
    }

    /// <summary>A task that is not initialised yet, made from its deal.</summary>
    public static IExecTask Uninitialized(ScheduledDeal origin, long index, DateTimeOffset blockTimestamp, long chainId) => new()
    {
        TaskId = TaskId(origin.Deal.Id, index).ToString(),
        DealId = origin.Deal.Id.ToString(),
        Index = index,
        OnChainStatus = IExecTaskStatus.Unset,
        TimeRef = origin.TimeRef,
        ContributionDeadline = origin.ContributionDeadline,
        FinalDeadline = origin.FinalDeadline,
        ConsensusValue = ZeroText,
        ResultDigest = ZeroText,
        BlockTimestamp = blockTimestamp,
        ChainId = chainId,
        Origin = origin,
    };

    private static string Text(Bytes32 value) => value.IsZero ? ZeroText : value.ToString();

    private static DateTimeOffset? NullWhenUnset(DateTimeOffset time) => time.ToUnixTimeSeconds() == 0 ? null : time;
}
