using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace IExec.Tasks.Fakes;

/// <summary>A worker's part in a task, as a scheduler stores it.</summary>
public sealed class SchedulerReplicate(string worker)
{
    private readonly List<(string Status, DateTimeOffset Date, string? Cause)> _history = [];

    /// <summary>The worker (EIP-55).</summary>
    public string Worker { get; } = worker;

    /// <summary>The application's exit code.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Why there is no TEE session.</summary>
    public string? TeeSessionGenerationError { get; set; }

    /// <summary>The logs; null when none are stored.</summary>
    public (string Stdout, string Stderr)? Logs { get; set; }

    /// <summary>Changes the status.</summary>
    public SchedulerReplicate Move(string status, DateTimeOffset date, string? cause = null)
    {
        _history.Add((status, date, cause));
        return this;
    }

    internal JsonObject ToJson(string taskId, Uri api, Func<DateTimeOffset, JsonNode> writeDate)
    {
        var self = $"{api.ToString().TrimEnd('/')}/tasks/{taskId}/replicates/{Worker}";
        var replicate = new JsonObject
        {
            ["self"] = self,
            ["chainTaskId"] = taskId,
            ["walletAddress"] = Worker,
            ["statusUpdateList"] = new JsonArray([.. _history.Select(entry => Entry(entry.Status, writeDate(entry.Date), entry.Cause))]),
        };
        if (_history.Count > 0)
            replicate["currentStatus"] = _history[^1].Status;
        if (ExitCode is { } exitCode)
            replicate["appExitCode"] = exitCode;
        if (TeeSessionGenerationError is not null)
            replicate["teeSessionGenerationError"] = TeeSessionGenerationError;
        if (Logs is not null)
            replicate["appLogs"] = self + "/logs";
        return replicate;
    }

    /// <summary>One of the logs; null when none are stored. Empty output is left out.</summary>
    internal JsonObject? LogJson()
    {
        if (Logs is not { } logs)
            return null;
        var log = new JsonObject { ["walletAddress"] = Worker };
        if (logs.Stdout.Length > 0)
            log["stdout"] = logs.Stdout;
        if (logs.Stderr.Length > 0)
            log["stderr"] = logs.Stderr;
        return log;
    }

    private static JsonObject Entry(string status, JsonNode date, string? cause)
    {
        var entry = new JsonObject { ["status"] = status, ["date"] = date };
        if (cause is not null)
            entry["cause"] = cause;
        return entry;
    }
}
