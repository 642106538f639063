using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.WebUtilities;

namespace IExec.Tasks.Fakes.Indexes;

/// <summary>The market API (iexec-market-api 7.1.2), as far as searches use it: <c>GET /deals</c>, the newest first, 10 to 1,000 a page.</summary>
public sealed class MarketFake : IAsyncDisposable
{
    private static readonly Dictionary<string, Func<IndexRow, string>> Fields = new(StringComparer.Ordinal)
    {
        ["requester"] = row => row.Requester,
        ["beneficiary"] = row => row.Beneficiary,
        ["app"] = row => row.App,
        ["dataset"] = row => row.Dataset,
        ["workerpool"] = row => row.Workerpool,
    };

    private readonly long _chainId;

    private MarketFake(FaultyHttpServer server, long chainId)
    {
        Server = server;
        _chainId = chainId;
        server.Handler = Answer;
    }

    /// <summary>The server; replies that are enqueued there are sent instead.</summary>
    public FaultyHttpServer Server { get; }

    /// <summary>What <c>Connect-IExec -MarketApiUrl</c> takes.</summary>
    public Uri Url => Server.Url;

    /// <summary>The deals that it has.</summary>
    public IReadOnlyList<IndexRow> Rows { get; set; } = [];

    public static async Task<MarketFake> StartAsync(long chainId) => new(await FaultyHttpServer.StartAsync(), chainId);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private ScriptedReply Answer(RecordedRequest request)
    {
        var query = QueryHelpers.ParseQuery(request.Query);
        if (request.Method != "GET" || request.Path != "/deals")
            return ScriptedReply.WithStatus(HttpStatusCode.NotFound);
        if (query["chainId"] != _chainId.ToString(CultureInfo.InvariantCulture))
            return Invalid($"chainId {query["chainId"]} is not supported");
        var (index, size) = (Number(query["pageIndex"], 0), Number(query["pageSize"], 20));
        if (size is < 10 or > 1000)
            return Invalid("pageSize is out of range");

        var rows = Rows
            .Where(row => Fields.All(field => !query.TryGetValue(field.Key, out var value) || string.Equals(field.Value(row), value, StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(row => row.Block)
            .ThenBy(row => row.DealId, StringComparer.Ordinal)
            .ToList();
        IndexRow[] page = [.. rows.Skip(index * size).Take(size)];
        var answer = new JsonObject { ["ok"] = true, ["deals"] = new JsonArray([.. page.Select(Describe)]), ["count"] = rows.Count };
        if (page.Length == size)
            answer["nextPage"] = (index + 1) * size;
        return ScriptedReply.Json(answer.ToJsonString());
    }

    private JsonNode Describe(IndexRow row) => new JsonObject
    {
        ["dealid"] = row.DealId,
        ["chainId"] = _chainId,
        ["app"] = new JsonObject { ["pointer"] = row.App },
        ["dataset"] = new JsonObject { ["pointer"] = row.Dataset },
        ["workerpool"] = new JsonObject { ["pointer"] = row.Workerpool },
        ["requester"] = row.Requester,
        ["beneficiary"] = row.Beneficiary,
        ["params"] = "{}",
        ["volume"] = row.BotSize,
        ["startTime"] = row.StartTime,
        ["botFirst"] = 0,
        ["botSize"] = row.BotSize,
        ["blockNumber"] = row.Block,
        ["blockTimestamp"] = DateTimeOffset.FromUnixTimeSeconds(row.StartTime).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
    };

    private static ScriptedReply Invalid(string error) =>
        ScriptedReply.WithStatus(HttpStatusCode.BadRequest, new JsonObject { ["ok"] = false, ["error"] = error }.ToJsonString());

    private static int Number(string? text, int otherwise) => string.IsNullOrEmpty(text) ? otherwise : int.Parse(text, CultureInfo.InvariantCulture);
}
