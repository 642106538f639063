using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>Reads the hub, the entry point of the PoCo contracts. What never changes is read once per connection.</summary>
internal sealed class HubClient(ContractReader reader, Address hub, long chainId, HubFacts facts)
{
    private static readonly byte[] ContributionDeadlineRatio = [0x74, 0xed, 0x52, 0x44];
    private static readonly byte[] FinalDeadlineRatio = [0xdb, 0x8a, 0xaa, 0x26];
    private static readonly byte[] WorkerpoolRegistry = [0x90, 0xa0, 0xf5, 0x46];

    private Address? _workerpoolRegistry;

    public Address Address => hub;

    /// <summary>The hub's state after this block.</summary>
    public HubClient At(BlockHeader block) => new(reader.At(block), hub, chainId, facts);

    /// <summary>Reads tasks, in the order of their ids.</summary>
    public Task<TaskReading[]> ReadTasksAsync(Bytes32[] taskIds, CancellationToken cancellationToken) =>
        ReadAsync(
            "viewTask",
            Array.ConvertAll(taskIds, TaskCodec.Encode),
            answer =>
            {
                var taskId = taskIds[answer.Index];
                return new TaskReading(Require(taskId, TaskCodec.Decode(taskId, answer.Data, answer.BlockTimestamp, chainId)), answer.BlockTimestamp);
            },
            cancellationToken);

    /// <summary>Reads deals, in the order of their ids; null for one that does not exist.</summary>
    public Task<Deal?[]> ReadDealsAsync(IReadOnlyList<Bytes32> dealIds, CancellationToken cancellationToken) =>
        ReadAsync("viewDeal", [.. dealIds.Select(DealCodec.Encode)], answer => DealCodec.Decode(dealIds[answer.Index], answer.Data), cancellationToken);

    /// <summary>Reads the deadlines of deals; each category is read once per connection.</summary>
    public async Task<ScheduledDeal[]> ReadSchedulesAsync(IReadOnlyList<Deal> deals, CancellationToken cancellationToken)
    {
        var ratios = await ReadRatiosAsync(cancellationToken).ConfigureAwait(false);
        ulong[] unknown = [.. deals.Select(deal => deal.Category).Where(category => !facts.Categories.ContainsKey(category)).Distinct()];
        var categories = await ReadAsync(
            "viewCategory", [.. unknown.Select(DealCodec.EncodeCategory)], static answer => DealCodec.DecodeCategory(answer.Data), cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < unknown.Length; i++)
            facts.Categories[unknown[i]] = categories[i];
        return [.. deals.Select(deal => Schedule(deal, facts.Categories[deal.Category], ratios))];
    }

    /// <summary>Reads the hub's deadline ratios, which also shows that this is an iExec hub.</summary>
    public async Task<DeadlineRatios> ReadRatiosAsync(CancellationToken cancellationToken)
    {
        if (facts.Ratios is { } known)
            return known;
        var answers = await ReadAsync(
            "the deadline ratios",
            [ContributionDeadlineRatio, FinalDeadlineRatio],
            static answer => new AbiReader(answer.Data).ReadCount(),
            cancellationToken).ConfigureAwait(false);
        return facts.Ratios = new DeadlineRatios(answers[0], answers[1]);
    }

    /// <summary>Reads a workerpool; null for an address that is not in the hub's registry of workerpools.</summary>
    public async Task<WorkerpoolTerms?> ReadWorkerpoolAsync(Address workerpool, CancellationToken cancellationToken)
    {
        _workerpoolRegistry ??= (await ReadAsync("workerpoolregistry", [WorkerpoolRegistry], static answer => new AbiReader(answer.Data).ReadAddress(), cancellationToken).ConfigureAwait(false))[0];
        var blockTimestamp = default(DateTimeOffset);
        var answers = await reader.ReadAsync(
            WorkerpoolCodec.Calls(_workerpoolRegistry.Value, workerpool),
            answer =>
            {
                blockTimestamp = answer.BlockTimestamp;
                return answer.Succeeded ? answer.Data.ToArray() : null;
            },
            cancellationToken).ConfigureAwait(false);
        try
        {
            return WorkerpoolCodec.Decode(workerpool, answers, blockTimestamp);
        }
        catch (AbiFormatException exception)
        {
            throw Unreadable("for a workerpool", exception);
        }
    }

    /// <summary>The requests for the ratios of a hub, for <see cref="ReadRatios"/>.</summary>
    public static IReadOnlyList<RpcRequest> RequestRatios(Address hub) => [RpcRequest.Call(hub, ContributionDeadlineRatio), RpcRequest.Call(hub, FinalDeadlineRatio)];

    /// <summary>Decodes the responses to <see cref="RequestRatios"/>; null when they are not those of an iExec hub.</summary>
    public static DeadlineRatios? ReadRatios(RpcReply contribution, RpcReply final)
    {
        try
        {
            return new DeadlineRatios(new AbiReader(contribution.GetHexBytes()).ReadCount(), new AbiReader(final.GetHexBytes()).ReadCount());
        }
        catch (Exception exception) when (exception is IExecException or AbiFormatException)
        {
            return null;
        }
    }

    /// <summary>A deadline beyond the range of .NET's dates becomes the last one in it.</summary>
    public static DateTimeOffset After(DateTimeOffset start, TimeSpan timeRef, long ratio)
    {
        var room = DateTimeOffset.MaxValue - start;
        return ratio == 0 || timeRef.Ticks <= room.Ticks / ratio ? start + TimeSpan.FromTicks(timeRef.Ticks * ratio) : DateTimeOffset.MaxValue;
    }

    private static ScheduledDeal Schedule(Deal deal, DealCategory category, DeadlineRatios ratios) => new(
        deal, category, After(deal.StartTime, category.TimeRef, ratios.Contribution), After(deal.StartTime, category.TimeRef, ratios.Final));

    /// <summary>The task's id follows from its deal and index, so the result of another call is detected.</summary>
    private static IExecTask? Require(Bytes32 taskId, IExecTask? task) => task is null || TaskCodec.TaskId(Bytes32.Parse(task.DealId), task.Index) == taskId
        ? task
        : throw new AbiFormatException($"Index {task.Index} of deal {task.DealId} is another task.");

    private Task<T[]> ReadAsync<T>(string what, IReadOnlyList<byte[]> calls, ContractAnswerReader<T> decode, CancellationToken cancellationToken) =>
        reader.ReadAsync(
            [.. calls.Select(data => new ContractCall(hub, data))],
            answer =>
            {
                if (!answer.Succeeded)
                    throw Unreadable(what, null);
                try
                {
                    return decode(answer);
                }
                catch (AbiFormatException exception)
                {
                    throw Unreadable(what, exception);
                }
            },
            cancellationToken);

    private IExecException Unreadable(string what, Exception? inner) => new(
        IExecErrorId.RpcError,
        $"The contract {hub} on chain {chainId} does not answer {what} like an iExec hub.",
        "Check the hub's address (Get-IExecConnection, Connect-IExec -HubAddress).",
        inner);
}
