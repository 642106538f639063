using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace IExec.Tasks.Fakes;

/// <summary>A task as a scheduler stores it, scripted by a test.</summary>
public sealed class SchedulerTask(string taskId, string requester)
{
    private readonly List<(string Status, DateTimeOffset Date)> _history = [];
    private readonly List<SchedulerReplicate> _replicates = [];

    /// <summary>The task's id.</summary>
    public string TaskId { get; } = taskId;

    /// <summary>Who may read the logs (EIP-55).</summary>
    public string Requester { get; } = requester;

    /// <summary>The replicates.</summary>
    public IReadOnlyList<SchedulerReplicate> Replicates => _replicates;

    /// <summary>The format of dates; ISO 8601 with an offset at first.</summary>
    public Func<DateTimeOffset, JsonNode> WriteDate { get; set; } = date => date.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    /// <summary>Changes the status.</summary>
    public SchedulerTask Move(string status, DateTimeOffset date)
    {
        _history.Add((status, date));
        return this;
    }

    /// <summary>Adds a worker (EIP-55).</summary>
    public SchedulerReplicate AddReplicate(string worker)
    {
        var replicate = new SchedulerReplicate(worker);
        _replicates.Add(replicate);
        return replicate;
    }

    /// <summary>The body of <c>GET /tasks/{id}</c>; keys without a value are left out, as the server does.</summary>
    public JsonObject ToJson(Uri api)
    {
        var task = new JsonObject
        {
            ["chainTaskId"] = TaskId,
            ["maxExecutionTime"] = 300_000,
            ["tag"] = "0x" + new string('0', 64),
            ["dappType"] = "DOCKER",
            ["dappName"] = "iexechub/vanityeth:1.1.1",
            ["commandLine"] = "fedcba",
            ["initializationBlockNumber"] = 7,
            ["trust"] = 1,
        };
        if (_history.Count > 0)
        {
            task["currentStatus"] = _history[^1].Status;
            task["dateStatusList"] = new JsonArray([.. _history.Select(entry => new JsonObject { ["date"] = WriteDate(entry.Date), ["status"] = entry.Status })]);
        }

        if (_replicates.Count > 0)
            task["replicates"] = new JsonArray([.. _replicates.Select(replicate => replicate.ToJson(TaskId, api, WriteDate))]);
        return task;
    }
}
