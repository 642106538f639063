using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Workerpools;

/// <summary>Reads a scheduler's response about a task (iexec-core, <c>TaskModel</c> and <c>ReplicateModel</c>), which omits empty members.</summary>
internal static class OffchainInfoReader
{
    /// <exception cref="JsonException">The body is not JSON, has another shape, or is about another task.</exception>
    public static IExecTaskOffchainInfo Read(byte[] body, Bytes32 taskId, WorkerpoolApi api)
    {
        using var document = ServiceJson.Parse(body);
        var task = document.RootElement;
        if (!Bytes32.TryParse(task.Text("chainTaskId"), out var named) || !named.Equals(taskId))
            throw new JsonException("The answer is not about the task that was asked for.");

        var status = task.Text("currentStatus");
        var replicates = task.Objects("replicates").Select(ReadReplicate).ToArray();
        return new IExecTaskOffchainInfo
        {
            TaskId = taskId.ToString(),
            Workerpool = api.Workerpool.ToString(),
            WorkerpoolApiUrl = api.BaseUrl,
            Status = status,
            Explanation = StatusExplanations.OfTask(status, replicates),
            StatusHistory = ReadHistory(task.Objects("dateStatusList"), (update, _) => StatusExplanations.OfTaskStatus(update)),
            Replicates = replicates,
        };
    }

    private static IExecTaskReplicate ReadReplicate(JsonElement replicate)
    {
        var status = replicate.Text("currentStatus");
        var exitCode = replicate.Integer("appExitCode");
        var teeError = replicate.Text("teeSessionGenerationError");
        var history = ReadHistory(replicate.Objects("statusUpdateList"), (update, cause) => StatusExplanations.OfReplicateStatus(update, cause, exitCode));
        return new IExecTaskReplicate
        {
            Worker = replicate.AddressText("walletAddress"),
            Status = status,
            ExitCode = exitCode,
            Explanation = StatusExplanations.OfReplicate(status, history, exitCode),
            HasLog = replicate.Member("appLogs") is not null,
            TeeSessionGenerationError = teeError,
            StatusHistory = history,
        };
    }

    private static IExecTaskOffchainStatus[] ReadHistory(IEnumerable<JsonElement> entries, Func<string?, string?, string?> explain)
    {
        var updates = entries.Select(entry => (Status: entry.Text("status"), Date: entry.Date("date"), Cause: entry.Text("cause"), Entry: entry)).ToList();
        return [.. updates.Select((update, i) => new IExecTaskOffchainStatus
        {
            Status = update.Status,
            Date = update.Date,
            Duration = i + 1 < updates.Count ? Between(update.Date, updates[i + 1].Date) : null,
            Cause = update.Cause,
            Explanation = explain(update.Status, update.Cause),
            TransactionHash = (update.Entry.Member("chainReceipt") ?? default).Text("txHash"),
        })];
    }

    /// <summary>Null where a date is missing, or the dates are in the wrong order.</summary>
    private static TimeSpan? Between(DateTimeOffset? start, DateTimeOffset? end) => end - start is { } span && span >= TimeSpan.Zero ? span : null;
}
