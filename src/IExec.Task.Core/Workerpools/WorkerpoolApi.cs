using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Workerpools;

/// <summary>A client of a workerpool's scheduler (iexec-core, <c>TaskController</c>), which is not trusted.</summary>
internal sealed class WorkerpoolApi
{
    private const int TaskLimit = 8 * 1024 * 1024;
    private const int ChallengeLimit = 64 * 1024;

    /// <summary>Enough for the logs of some dozens of workers, each of up to 200,000 characters, which JSON may write with six bytes each.</summary>
    private const int LogsLimit = 32 * 1024 * 1024;

    private readonly IExecSession _session;
    private readonly ServiceClient _service;

    public WorkerpoolApi(Uri baseUrl, Address workerpool, HttpClient http, IExecSession session)
    {
        BaseUrl = baseUrl;
        Workerpool = workerpool;
        _session = session;
        _service = new ServiceClient(http, session.Connection, session.Diagnostics, $"The API of workerpool {workerpool}");
    }

    public Uri BaseUrl { get; }

    public Address Workerpool { get; }

    /// <summary>The source of its URL.</summary>
    public IExecWorkerpoolApiSource Source { get; init; }

    /// <summary>Reads the scheduler's view of a task.</summary>
    /// <exception cref="IExecException">TaskNotFound: the scheduler does not know it. WorkerpoolApiError.</exception>
    public async Task<IExecTaskOffchainInfo> ReadTaskAsync(Bytes32 taskId, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"/tasks/{taskId}", TaskLimit, null, cancellationToken).ConfigureAwait(false);
        return answer.Status switch
        {
            HttpStatusCode.NotFound => throw new IExecException(
                IExecErrorId.TaskNotFound,
                $"The scheduler of workerpool {Workerpool} ({Redaction.Url(BaseUrl)}) does not know task {taskId}.",
                "A scheduler learns of a task within a minute after its deal, and may forget it long after its final deadline. Get-IExecTask shows what the chain has."),
            _ => Read(answer, body => OffchainInfoReader.Read(body, taskId, this)),
        };
    }

    /// <summary>Requests a challenge; its signature gives a requester access to logs.</summary>
    /// <exception cref="IExecException">ChallengeRejected: it is not a log challenge of this chain. WorkerpoolApiError.</exception>
    public async Task<LogChallenge> ReadChallengeAsync(Address requester, CancellationToken cancellationToken)
    {
        var chainId = _session.Connection.ChainId;
        var answer = await GetAsync($"/tasks/logs/challenge?address={requester}&chainId={chainId}", ChallengeLimit, null, cancellationToken).ConfigureAwait(false);
        var problem = "";
        return Read(answer, body => LogChallengeReader.Read(body, chainId, out problem)) ?? throw new IExecException(
            IExecErrorId.ChallengeRejected,
            $"Workerpool {Workerpool} ({Redaction.Url(BaseUrl)}) asks to sign something that is not a log challenge of chain {chainId}: {problem}. Nothing was signed.");
    }

    /// <summary>Reads the logs of a task, one for each worker that has any.</summary>
    /// <exception cref="IExecException">Unauthorized, NotRequester, LogNotFound, WorkerpoolApiError.</exception>
    public async Task<IReadOnlyList<IExecTaskLog>> ReadLogsAsync(Bytes32 taskId, string authorization, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"/tasks/{taskId}/logs", LogsLimit, authorization, cancellationToken).ConfigureAwait(false);
        return answer.Status switch
        {
            HttpStatusCode.Unauthorized => throw new IExecException(
                IExecErrorId.Unauthorized,
                $"The scheduler of workerpool {Workerpool} did not accept the signature of {_session.Connection.Address}."),
            HttpStatusCode.Forbidden => throw new IExecException(
                IExecErrorId.NotRequester,
                $"The scheduler of workerpool {Workerpool} says that {_session.Connection.Address} is not the requester of task {taskId}; the chain says it is.",
                "The scheduler's view of the chain may be behind: try again in a minute."),
            HttpStatusCode.NotFound => throw new IExecException(
                IExecErrorId.LogNotFound, $"The scheduler of workerpool {Workerpool} has no logs of task {taskId}: either not yet, or no longer."),
            _ => Read(answer, body => LogReader.Read(body, taskId)),
        };
    }

    private Task<HttpAnswer> GetAsync(string path, int limit, string? authorization, CancellationToken cancellationToken) =>
        _service.GetAsync(ServiceClient.Combine(BaseUrl, path), limit, authorization, cancellationToken);

    private T Read<T>(HttpAnswer answer, Func<byte[], T> read)
    {
        if (!answer.IsSuccess)
            throw _service.Error($"{Redaction.Url(BaseUrl)} answered with HTTP status {(int)answer.Status} ({answer.Status}).");
        try
        {
            return read(answer.Body);
        }
        catch (JsonException exception)
        {
            throw _service.Error($"{Redaction.Url(BaseUrl)} did not answer with JSON of the expected form ({answer.MediaType ?? "no content type"}).", inner: exception);
        }
    }
}
