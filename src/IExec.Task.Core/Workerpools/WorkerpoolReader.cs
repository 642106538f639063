using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Workerpools;

/// <summary>Reads workerpools. One instance serves one command.</summary>
internal sealed class WorkerpoolReader(IExecSession session)
{
    private const int Median = 50;
    private const int Most = 95;

    private readonly WorkerpoolDirectory _directory = new(session);

    /// <summary>Reads the terms in a workerpool's contract.</summary>
    /// <exception cref="IExecException">InvalidAddress: it is not a workerpool of the hub; RpcError, RpcUnavailable, RateLimited.</exception>
    public async Task<WorkerpoolTerms> ReadTermsAsync(Address workerpool, CancellationToken cancellationToken) =>
        await session.Hub.ReadWorkerpoolAsync(workerpool, cancellationToken).ConfigureAwait(false) ?? throw new IExecException(
            IExecErrorId.InvalidAddress,
            $"{workerpool} is not a workerpool on chain {session.Connection.ChainId}.",
            "Check the address and the chain. Get-IExecDeal shows the workerpool of a deal.");

    /// <summary>Looks up the workerpool's name and API, and combines what is known.</summary>
    /// <param name="terms">The contract's terms.</param>
    /// <param name="recent">The statistics of its recent deals; null when they are not known.</param>
    /// <param name="unknown">What is not known about them, one sentence each.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="IExecException">RpcError, RpcUnavailable, RateLimited.</exception>
    public async Task<IExecWorkerpool> DescribeAsync(WorkerpoolTerms terms, RecentWork? recent, IEnumerable<string> unknown, CancellationToken cancellationToken)
    {
        var (api, problem) = await FindApiAsync(terms.Address, cancellationToken).ConfigureAwait(false);
        var record = await _directory.FindRecordAsync(terms.Address, cancellationToken).ConfigureAwait(false);
        return new IExecWorkerpool
        {
            Address = terms.Address.ToString(),
            Owner = terms.Owner.ToString(),
            Description = terms.Description,
            EnsName = record?.Name,
            ApiUrl = api?.BaseUrl,
            ApiUrlSource = api?.Source,
            WorkerStakePercent = terms.WorkerStakePercent,
            SchedulerRewardPercent = terms.SchedulerRewardPercent,
            RecentDeals = recent?.Deals,
            RecentSince = recent?.Since,
            RecentTasks = recent?.Tasks.Count,
            Completed = recent?.Completed,
            Timeouts = recent?.Timeouts,
            Open = recent?.Tasks.Count - recent?.Completed - recent?.Timeouts,
            CompletionPercent = recent?.CompletionPercent,
            MedianTimeToResult = recent?.Percentile(Median),
            Percentile95TimeToResult = recent?.Percentile(Most),
            TimedTasks = recent?.TimesToResult.Count,
            Unknown = [.. new[] { problem }.OfType<string>(), .. unknown],
            BlockTimestamp = terms.BlockTimestamp,
            ChainId = session.Connection.ChainId,
        };
    }

    private async Task<(WorkerpoolApi? Api, string? Problem)> FindApiAsync(Address workerpool, CancellationToken cancellationToken)
    {
        try
        {
            return (await _directory.FindAsync(workerpool, cancellationToken).ConfigureAwait(false), null);
        }
        catch (IExecException exception) when (exception.ErrorId is IExecErrorId.WorkerpoolApiUndeclared or IExecErrorId.WorkerpoolApiError)
        {
            return (null, $"The API: {exception.Message}");
        }
    }
}
