using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Workerpools;

/// <summary>Fetches the logs of tasks for their requester. One instance serves one command.</summary>
internal sealed class TaskLogClient(IExecSession session)
{
    private readonly WorkerpoolDirectory _directory = new(session);

    /// <summary>Fetches the logs of a task, one for each worker that has any.</summary>
    /// <exception cref="IExecException">
    /// SignerRequired, NotRequester: nothing was sent to the workerpool. ChallengeRejected: nothing was signed. Unauthorized, LogNotFound,
    /// WorkerpoolApiUndeclared, WorkerpoolApiError.
    /// </exception>
    public async Task<IReadOnlyList<IExecTaskLog>> ReadAsync(TaskWithDeal task, CancellationToken cancellationToken)
    {
        CheckRequester(task);
        var api = await _directory.FindAsync(task.Deal.Workerpool.Address, cancellationToken).ConfigureAwait(false);
        var isFresh = false;
        var authorization = await AuthorizeAsync().ConfigureAwait(false);
        try
        {
            return await FetchAsync(authorization).ConfigureAwait(false);
        }
        catch (IExecException exception) when (exception.ErrorId == IExecErrorId.Unauthorized)
        {
            session.Connection.LogAuthorizations.Forget(api.BaseUrl, authorization);
            if (isFresh)
                throw;
        }

        // The scheduler's hour may have begun before ours, or it was restarted.
        session.Diagnostics.Verbose("The scheduler no longer accepts the earlier signature; signing a new challenge.");
        return await FetchAsync(await AuthorizeAsync().ConfigureAwait(false)).ConfigureAwait(false);

        Task<string> AuthorizeAsync() => session.Connection.LogAuthorizations.GetAsync(
            api.BaseUrl,
            () =>
            {
                isFresh = true;
                return SignAsync(api, cancellationToken);
            },
            cancellationToken);

        async Task<IReadOnlyList<IExecTaskLog>> FetchAsync(string header)
        {
            var logs = await api.ReadLogsAsync(task.TaskId, header, cancellationToken).ConfigureAwait(false);
            return logs.Count > 0
                ? logs
                : throw new IExecException(IExecErrorId.LogNotFound, $"The scheduler of workerpool {api.Workerpool} has no logs of task {task.TaskId}: either not yet, or no longer.");
        }
    }

    /// <summary>Throws if the connection's account is not the requester.</summary>
    /// <exception cref="IExecException">SignerRequired, NotRequester.</exception>
    public void CheckRequester(TaskWithDeal task)
    {
        var requester = session.Connection.RequireSigner().Address;
        if (!task.Deal.Requester.Equals(requester))
        {
            throw new IExecException(
                IExecErrorId.NotRequester,
                $"Only {task.Deal.Requester}, the requester of task {task.TaskId}, may read its logs; this connection signs for {requester}.");
        }
    }

    /// <summary>Signs a challenge. The header is <c>digest_signature_address</c> (iexec-common, <c>SignedChallenge</c>).</summary>
    private async Task<string> SignAsync(WorkerpoolApi api, CancellationToken cancellationToken)
    {
        var signer = session.Connection.RequireSigner();
        var challenge = await api.ReadChallengeAsync(signer.Address, cancellationToken).ConfigureAwait(false);
        var digest = challenge.Digest();
        session.Diagnostics.Verbose($"Signing the log challenge of workerpool {api.Workerpool} for {signer.Address}.");
        if (session.Connection.LogAuthorizations.IsFirstFor(api.BaseUrl.Authority))
            session.Diagnostics.Verbose($"This is the first signature of this connection for {api.BaseUrl.Authority}.");
        return $"{digest}_{Hex.Encode(signer.Sign(digest).ToBytes())}_{signer.Address}";
    }
}
