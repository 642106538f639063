using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Deals;

/// <summary>Reads deals with the states of all their tasks, many deals at once.</summary>
internal sealed class DealReader(IExecSession session)
{
    /// <summary>How many tasks are read at once: a balance of few requests and early output.</summary>
    private const int TasksAtOnce = 2000;

    private static readonly (int Bit, string Name)[] TagBits = [(0, "tee"), (1, "scone"), (2, "gramine"), (3, "tdx"), (8, "gpu")];

    /// <summary>Parses a deal id from user input.</summary>
    /// <exception cref="IExecException">InvalidDealId.</exception>
    public static Bytes32 ParseId(string dealId) => Bytes32.TryParse(dealId, out var id)
        ? id
        : throw new IExecException(IExecErrorId.InvalidDealId, $"'{dealId}' is not a deal id.");

    /// <summary>Reads deals without their tasks, in the order of their ids; null for one that does not exist.</summary>
    public async Task<ScheduledDeal?[]> ReadTermsAsync(IReadOnlyList<Bytes32> dealIds, CancellationToken cancellationToken)
    {
        var deals = await session.Hub.ReadDealsAsync(dealIds, cancellationToken).ConfigureAwait(false);
        var schedules = await session.Hub.ReadSchedulesAsync([.. deals.OfType<Deal>()], cancellationToken).ConfigureAwait(false);
        var byId = schedules.GroupBy(schedule => schedule.Deal.Id).ToDictionary(group => group.Key, group => group.First());
        return [.. deals.Select(deal => deal is null ? null : byId[deal.Id])];
    }

    /// <summary>Reads the deals that exist and match, without their tasks, in the order of their ids. The predicate gets null for one that does not exist.</summary>
    public async Task<ScheduledDeal[]> ReadFittingAsync(IReadOnlyList<Bytes32> dealIds, Func<Deal?, bool> fits, CancellationToken cancellationToken)
    {
        var deals = await session.Hub.ReadDealsAsync(dealIds, cancellationToken).ConfigureAwait(false);
        return await session.Hub.ReadSchedulesAsync([.. deals.Where(fits).OfType<Deal>()], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the tasks of deals, deal by deal, each deal's in the order of their indexes. A deal with very many tasks is returned in several parts.</summary>
    public async IAsyncEnumerable<DealPart> ReadTasksAsync(IEnumerable<ScheduledDeal> deals, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var targets = new List<TaskTarget>();
        var reader = new TaskReader(session);
        foreach (var deal in deals)
        {
            foreach (var target in TaskTarget.AllOf("", deal))
            {
                targets.Add(target);
                if (targets.Count < TasksAtOnce)
                    continue;
                foreach (var part in await ReadPartsAsync(reader, targets, cancellationToken).ConfigureAwait(false))
                    yield return part;
                targets.Clear();
            }
        }

        foreach (var part in await ReadPartsAsync(reader, targets, cancellationToken).ConfigureAwait(false))
            yield return part;
    }

    /// <summary>Reads deals with the states of their tasks, in the order given.</summary>
    public async IAsyncEnumerable<IExecDeal> ReadAsync(IEnumerable<ScheduledDeal> deals, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var counts = new IExecDealTaskCounts();
        await foreach (var part in ReadTasksAsync(deals, cancellationToken).ConfigureAwait(false))
        {
            foreach (var task in part.Tasks)
                counts.Add(task);
            if (!part.IsLast)
                continue;
            yield return Describe(part.Deal, counts, part.Tasks[^1].BlockTimestamp, session.Connection.ChainId);
            counts = new IExecDealTaskCounts();
        }
    }

    private static async Task<IReadOnlyList<DealPart>> ReadPartsAsync(TaskReader reader, List<TaskTarget> targets, CancellationToken cancellationToken)
    {
        if (targets.Count == 0)
            return [];
        var tasks = await reader.ReadAsync(targets, cancellationToken).ConfigureAwait(false);
        return
        [
            .. targets.Zip(tasks, (target, found) => (Deal: target.Origin!, Task: found.Require()))
                .GroupBy(pair => pair.Deal)
                .Select(group => new DealPart(group.Key, [.. group.Select(pair => pair.Task)])),
        ];
    }

    private static IExecDeal Describe(ScheduledDeal schedule, IExecDealTaskCounts counts, DateTimeOffset blockTimestamp, long chainId)
    {
        var deal = schedule.Deal;
        Rlc.FromNano(deal.BotSize * deal.TaskPrice); // throws here if the total is out of range
        return new IExecDeal
        {
            DealId = deal.Id.ToString(),
            App = Describe(deal.App),
            Dataset = deal.Dataset.Address.IsZero ? null : Describe(deal.Dataset),
            Workerpool = Describe(deal.Workerpool),
            Requester = deal.Requester.ToString(),
            Beneficiary = deal.Beneficiary.ToString(),
            Payer = deal.Sponsor.ToString(),
            Callback = deal.Callback.IsZero ? null : deal.Callback.ToString(),
            Category = (long)deal.Category,
            CategoryName = schedule.Category.Name,
            TimeRef = schedule.TimeRef,
            Trust = deal.Trust,
            Tag = deal.Tag.ToString(),
            TagNames = TagNames(deal.Tag),
            Params = deal.Params,
            BotFirst = deal.BotFirst,
            BotSize = deal.BotSize,
            StartTime = deal.StartTime,
            ContributionDeadline = schedule.ContributionDeadline,
            FinalTime = schedule.FinalDeadline,
            Tasks = counts,
            TaskPrice = deal.TaskPrice,
            BlockTimestamp = blockTimestamp,
            ChainId = chainId,
        };
    }

    private static string[] TagNames(Bytes32 tag)
    {
        var bytes = tag.ToArray();
        return [.. TagBits.Where(bit => (bytes[Bytes32.Size - 1 - (bit.Bit / 8)] >> (bit.Bit % 8) & 1) == 1).Select(bit => bit.Name)];
    }

    private static IExecDealResource Describe(DealResource resource) => new(resource.Address.ToString(), resource.Owner.ToString(), Rlc.FromNano(resource.Price));
}
