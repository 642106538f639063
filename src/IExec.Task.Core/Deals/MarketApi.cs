using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Deals;

/// <summary>
/// The market API (iexec-market-api 7.1.2), <c>GET /deals</c>: the newest deals first, 10 to 1,000 a page. It has neither the payer nor the tasks' states,
/// and does not report which block it has seen; that is at least the block of its newest deal.
/// </summary>
internal sealed class MarketApi(Uri url, IExecSession session) : IDealIndex
{
    /// <summary>Deals come with their parameters, which may be long.</summary>
    private const int PageSize = 500;

    private const int SmallestPage = 10;

    private const int MaxPages = 2000;

    private const int AnswerLimit = 32 * 1024 * 1024;

    private readonly ServiceClient _service = new(session.Connection.Http, session.Connection, session.Diagnostics, "The market API", IExecErrorId.IndexError);

    public string Name => $"the market API at {Redaction.Url(url)}";

    public bool Takes(DealFilter filter) => filter is { Account: null } && (filter.Payer is null || filter.Requester is not null || filter.Beneficiary is not null || filter.App is not null || filter.Dataset is not null || filter.Workerpool is not null);

    public async Task<IndexAnswer> ReadAsync(DealFilter filter, CancellationToken cancellationToken)
    {
        // Read before the deals, which may lack those that are added meanwhile.
        var newest = await ReadPageAsync("", 0, SmallestPage, cancellationToken).ConfigureAwait(false);
        var deals = new List<IndexedDeal>();
        for (var page = 0; page < MaxPages; page++)
        {
            var read = await ReadPageAsync(Query(filter), page, PageSize, cancellationToken).ConfigureAwait(false);
            deals.AddRange(read.Select(deal => deal.Deal));
            if (read.Count < PageSize || read[read.Count - 1].Deal.StartTime < filter.Since)
                return new IndexAnswer(deals, newest.Select(deal => deal.Block).DefaultIfEmpty(-1).Max(), IsExact: false);
        }

        throw _service.Error($"It returned more than {MaxPages * PageSize} deals.");
    }

    private static string Query(DealFilter filter) => string.Concat(
        new (string Name, Address? Address)[]
        {
            ("requester", filter.Requester), ("beneficiary", filter.Beneficiary), ("app", filter.App), ("dataset", filter.Dataset), ("workerpool", filter.Workerpool),
        }.Where(condition => condition.Address is not null).Select(condition => $"&{condition.Name}={condition.Address}"));

    private async Task<IReadOnlyList<(IndexedDeal Deal, long Block)>> ReadPageAsync(string query, int page, int size, CancellationToken cancellationToken)
    {
        var uri = new Uri(ServiceClient.Combine(url, "/deals") + FormattableString.Invariant($"?chainId={session.Connection.ChainId}&pageIndex={page}&pageSize={size}{query}"));
        var answer = await _service.GetAsync(uri, AnswerLimit, null, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
            throw _service.Error($"It answered with HTTP status {(int)answer.Status}.");
        try
        {
            using var document = ServiceJson.Parse(answer.Body);
            return [.. document.RootElement.RequiredObjects("deals").Select(Read)];
        }
        catch (JsonException exception)
        {
            throw _service.Error($"Its answer cannot be read: {exception.Message}", inner: exception);
        }
    }

    private static (IndexedDeal Deal, long Block) Read(JsonElement deal) => (
        new IndexedDeal(
            Bytes32.TryParse(deal.Text("dealid"), out var id) ? id : throw new JsonException("'dealid' is not a deal id."),
            DateTimeOffset.FromUnixTimeSeconds(Number(deal, "startTime", DateTimeOffset.MaxValue.ToUnixTimeSeconds())),
            IsDone: false),
        Number(deal, "blockNumber", long.MaxValue));

    private static long Number(JsonElement element, string name, long maximum) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out var number) && number >= 0 && number <= maximum
            ? number
            : throw new JsonException($"'{name}' is not a number in range.");
}
