using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace IExec.Tasks.Fakes.Indexes;

/// <summary>
/// The PoCo subgraph (PoCo-subgraph 2.1.2), as far as searches use it: <c>deals</c> with equality filters, <c>id_gt</c>, and <c>startTime_gte</c> and
/// <c>_lte</c>, at most 1,000 a page, and <c>_meta</c>. Ids and addresses are in lower case; 256-bit numbers are strings.
/// </summary>
public sealed class SubgraphFake : IAsyncDisposable
{
    private const int LargestPage = 1000;

    private static readonly Dictionary<string, Func<IndexRow, string>> Fields = new(StringComparer.Ordinal)
    {
        ["requester"] = row => row.Requester,
        ["beneficiary"] = row => row.Beneficiary,
        ["sponsor"] = row => row.Sponsor,
        ["app"] = row => row.App,
        ["dataset"] = row => row.Dataset,
        ["workerpool"] = row => row.Workerpool,
    };

    private SubgraphFake(FaultyHttpServer server)
    {
        Server = server;
        server.Handler = Answer;
    }

    /// <summary>The server; replies that are enqueued there are sent instead.</summary>
    public FaultyHttpServer Server { get; }

    /// <summary>What <c>Connect-IExec -SubgraphUrl</c> takes.</summary>
    public Uri Url => Server.Url;

    /// <summary>The deals that it has.</summary>
    public IReadOnlyList<IndexRow> Rows { get; set; } = [];

    /// <summary>The last block that it has indexed; it does not have deals of later ones.</summary>
    public long LastBlock { get; set; }

    public static async Task<SubgraphFake> StartAsync() => new(await FaultyHttpServer.StartAsync());

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private ScriptedReply Answer(RecordedRequest request)
    {
        var body = JsonNode.Parse(request.Body)!;
        var where = body["variables"]!["where"]!.AsObject();
        if (request.Method != "POST" || !body["query"]!.GetValue<string>().Contains($"deals(first: {LargestPage}, orderBy: id,", StringComparison.Ordinal))
            return Error("Unexpected request");
        if (where.FirstOrDefault(condition => !IsKnown(condition.Key)).Key is { } unknown)
            return Error($"Field {unknown} is not defined by Deal_filter");
        var deals = Rows
            .Where(row => row.Block <= LastBlock && where.All(condition => Meets(row, condition.Key, condition.Value!.GetValue<string>())))
            .OrderBy(row => row.DealId, StringComparer.Ordinal)
            .Take(LargestPage)
            .Select(row => (JsonNode)new JsonObject
            {
                ["id"] = row.DealId,
                ["startTime"] = Text(row.StartTime),
                ["botSize"] = Text(row.BotSize),
                ["completedTasksCount"] = Text(row.Completed),
                ["claimedTasksCount"] = Text(row.Claimed),
            });
        var data = new JsonObject { ["_meta"] = new JsonObject { ["block"] = new JsonObject { ["number"] = LastBlock } }, ["deals"] = new JsonArray([.. deals]) };
        return ScriptedReply.Json(new JsonObject { ["data"] = data }.ToJsonString());
    }

    /// <summary>GraphQL returns errors with status 200.</summary>
    private static ScriptedReply Error(string message) =>
        ScriptedReply.Json(new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = message }) }.ToJsonString());

    private static bool IsKnown(string name) => name is "id_gt" or "startTime_gte" or "startTime_lte" || Fields.ContainsKey(name);

    private static bool Meets(IndexRow row, string name, string value) => name switch
    {
        "id_gt" => string.CompareOrdinal(row.DealId, value) > 0,
        "startTime_gte" => row.StartTime >= long.Parse(value, CultureInfo.InvariantCulture),
        "startTime_lte" => row.StartTime <= long.Parse(value, CultureInfo.InvariantCulture),
        _ => Fields[name](row) == value,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
