using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Workerpools;

/// <summary>Reads a scheduler's response with logs (iexec-core, <c>TaskLogsModel</c>), which omits empty output.</summary>
internal static class LogReader
{
    /// <exception cref="JsonException">The body is not JSON, has another shape, or is about another task.</exception>
    public static IReadOnlyList<IExecTaskLog> Read(byte[] body, Bytes32 taskId)
    {
        using var document = ServiceJson.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("The answer is not an object.");
        if (document.RootElement.Text("chainTaskId") is { } named && !(Bytes32.TryParse(named, out var id) && id == taskId))
            throw new JsonException("The answer is not about the task that was asked for.");
        return [.. document.RootElement.Objects("computeLogsList").Select(log => new IExecTaskLog
        {
            TaskId = taskId.ToString(),
            Worker = log.AddressText("walletAddress") ?? "",
            Stdout = log.Text("stdout") ?? "",
            Stderr = log.Text("stderr") ?? "",
        })];
    }
}
