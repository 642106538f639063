using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Deals;

/// <summary>
/// The PoCo subgraph (PoCo-subgraph 2.1.2): GraphQL by POST. A page holds 1,000 deals at most, and the next one begins after the last id of the one before,
/// so that deals that are added meanwhile do not shift the pages.
/// </summary>
internal sealed class Subgraph(Uri url, IExecSession session) : IDealIndex
{
    private const int PageSize = 1000;

    /// <summary>A million deals, more than any account has.</summary>
    private const int MaxPages = 1000;

    private const int AnswerLimit = 4 * 1024 * 1024;

    private readonly ServiceClient _service = new(session.Connection.Http, session.Connection, session.Diagnostics, "The subgraph", IExecErrorId.IndexError);

    public string Name => $"the subgraph at {Redaction.Url(url)}";

    public bool Takes(DealFilter filter) => true;

    public async Task<IndexAnswer> ReadAsync(DealFilter filter, CancellationToken cancellationToken)
    {
        // An account is requester or payer: two filters, of which one must match.
        IndexAnswer[] answers = filter.Account is { } account
            ?
            [
                await ReadPagesAsync(filter with { Account = null, Requester = account }, cancellationToken).ConfigureAwait(false),
                await ReadPagesAsync(filter with { Account = null, Payer = account }, cancellationToken).ConfigureAwait(false),
            ]
            : [await ReadPagesAsync(filter, cancellationToken).ConfigureAwait(false)];
        return new IndexAnswer([.. answers.SelectMany(answer => answer.Deals)], answers.Min(answer => answer.LastBlock), IsExact: true);
    }

    private async Task<IndexAnswer> ReadPagesAsync(DealFilter filter, CancellationToken cancellationToken)
    {
        var deals = new List<IndexedDeal>();
        var lastBlock = long.MaxValue;
        var after = "";
        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await _service.PostAsync(url, Query(filter, after), AnswerLimit, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccess)
                throw _service.Error($"It answered with HTTP status {(int)answer.Status}.");
            try
            {
                using var document = ServiceJson.Parse(answer.Body);
                if (document.RootElement.Objects("errors").FirstOrDefault() is { ValueKind: JsonValueKind.Object } error)
                    throw _service.Error($"It says: {Redaction.Untrusted(error.Text("message") ?? "")}");
                var data = document.RootElement.Required("data");
                lastBlock = Math.Min(lastBlock, (long)Number(data.Required("_meta").Required("block"), "number", long.MaxValue));
                IndexedDeal[] read = [.. data.RequiredObjects("deals").Select(Read)];
                deals.AddRange(read);
                if (read.Length < PageSize)
                    return new IndexAnswer(deals, lastBlock, IsExact: true);
                var last = read[read.Length - 1].Id.ToString();
                after = string.CompareOrdinal(last, after) > 0 ? last : throw new JsonException("its pages repeat");
            }
            catch (JsonException exception)
            {
                throw _service.Error($"Its answer cannot be read: {exception.Message}", inner: exception);
            }
        }

        throw _service.Error($"It returned more than {MaxPages * PageSize} deals.");
    }

    private static IndexedDeal Read(JsonElement deal)
    {
        var done = Number(deal, "completedTasksCount", ulong.MaxValue) + Number(deal, "claimedTasksCount", ulong.MaxValue);
        return new IndexedDeal(
            Bytes32.TryParse(deal.Text("id"), out var id) ? id : throw new JsonException("'id' is not a deal id."),
            DateTimeOffset.FromUnixTimeSeconds((long)Number(deal, "startTime", (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds())),
            Number(deal, "botSize", ulong.MaxValue) <= done);
    }

    /// <summary>Large integers are strings of digits; block numbers are JSON numbers.</summary>
    private static BigInteger Number(JsonElement element, string name, ulong maximum)
    {
        var text = element.Member(name) switch
        {
            { ValueKind: JsonValueKind.Number } member => member.GetRawText(),
            { ValueKind: JsonValueKind.String } member => member.GetString(),
            _ => null,
        };
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= maximum ? number : throw new JsonException($"'{name}' is not a number in range.");
    }

    private static byte[] Query(DealFilter filter, string after)
    {
        var conditions = new Dictionary<string, string>(StringComparer.Ordinal) { ["id_gt"] = after };
        Add("requester", filter.Requester);
        Add("beneficiary", filter.Beneficiary);
        Add("sponsor", filter.Payer);
        Add("app", filter.App);
        Add("dataset", filter.Dataset);
        Add("workerpool", filter.Workerpool);
        if (filter.Since is { } since)
            conditions["startTime_gte"] = since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (filter.Until is { } until)
            conditions["startTime_lte"] = until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString(
                "query",
                $"query($where: Deal_filter!) {{ _meta {{ block {{ number }} }} deals(first: {PageSize}, orderBy: id, orderDirection: asc, where: $where) {{ id startTime botSize completedTasksCount claimedTasksCount }} }}");
            writer.WriteStartObject("variables");
            writer.WriteStartObject("where");
            foreach (var condition in conditions)
                writer.WriteString(condition.Key, condition.Value);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return body.ToArray();

        void Add(string name, Address? address)
        {
            if (address is not null)
                conditions[name] = address.Value.ToString().ToLowerInvariant();
        }
    }
}
