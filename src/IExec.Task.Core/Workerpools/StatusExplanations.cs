using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace IExec.Tasks.Workerpools;

/// <summary>
/// Explains failing statuses and causes, and what to do about them. The names are those of iexec-core's <c>TaskStatus</c> and iexec-common's
/// <c>ReplicateStatus</c> and <c>ReplicateStatusCause</c>; both sets are open, and unknown names have no explanation.
/// </summary>
internal static class StatusExplanations
{
    private const string AnotherWorker = "Another worker may still complete the task; if all fail like this, tell the workerpool's owner.";
    private const string FixTheApp = "Look at Get-IExecTaskLog, and fix the app or its arguments.";

    /// <summary>The placeholder is for the exit code.</summary>
    private const string AppFailed = "The application failed{0}. " + FixTheApp;

    private const string Refund = "Once the final deadline has passed, Invoke-IExecTaskClaim refunds the task.";

    private static readonly Dictionary<string, string> TaskStatuses = new(StringComparer.Ordinal)
    {
        ["INITIALIZE_FAILED"] = "The scheduler could not initialise the task on chain. " + Refund,
        ["RUNNING_FAILED"] = "No eligible worker was able to run the task. The replicates say why. " + Refund,
        ["CONTRIBUTION_TIMEOUT"] = "The workers did not contribute a result in time: there were too few of them, or the app runs too long for the deal's category. "
            + "Buy the task again in a longer category or another workerpool. " + Refund,
        ["REOPENING"] = "The workers agreed on a result but none revealed it in time; the task is opened again. Wait.",
        ["REOPEN_FAILED"] = "The workers agreed on a result but none revealed it in time, and the task could not be opened again. " + Refund,
        ["RESULT_UPLOAD_TIMEOUT"] = "The worker did not upload the result in time. Ask the workerpool's owner. " + Refund,
        ["FINALIZE_FAILED"] = "The result is there, but the scheduler could not finalise the task on chain. Ask the workerpool's owner. " + Refund,
        ["FINAL_DEADLINE_REACHED"] = "The task did not finish before its final deadline. Invoke-IExecTaskClaim refunds it.",
        ["FAILED"] = "The scheduler has given up on the task. On chain it stays open until it is claimed. " + Refund,
    };

    private static readonly Dictionary<string, string> ReplicateStatuses = new(StringComparer.Ordinal)
    {
        ["START_FAILED"] = "The worker could not start. " + AnotherWorker,
        ["APP_DOWNLOAD_FAILED"] = "The worker could not download the app's image. Check that the image is public and exists under the app's name and tag.",
        ["DATA_DOWNLOAD_FAILED"] = "The worker could not download the dataset or the input files. Check that their URLs can be reached by anyone.",
        ["COMPUTE_FAILED"] = AppFailed,
        ["CONTRIBUTE_FAILED"] = "The worker could not write its contribution to the chain. " + AnotherWorker,
        ["REVEAL_FAILED"] = "The worker could not reveal its result on chain. " + AnotherWorker,
        ["RESULT_UPLOAD_FAILED"] = "The worker could not upload the result. Check the storage that the deal asks for, then ask the workerpool's owner.",
        ["CONTRIBUTE_AND_FINALIZE_FAILED"] = "The worker could not write its result to the chain. " + AnotherWorker,
        ["WORKER_LOST"] = "The scheduler has not heard from the worker for a while. " + AnotherWorker,
        ["RECOVERING"] = "The worker was stopped and is resuming the task. Wait.",
    };

    private static readonly Dictionary<string, string> Causes = new(StringComparer.Ordinal)
    {
        ["CHAIN_UNREACHABLE"] = "The worker could not reach the chain. " + AnotherWorker,
        ["CHAIN_UNSYNCHRONIZED"] = "The worker's node was behind the chain. " + AnotherWorker,
        ["BLOCK_NOT_REACHED"] = "The worker's node was behind the chain. " + AnotherWorker,
        ["CONSENSUS_BLOCK_MISSING"] = "The worker's node was behind the chain. " + AnotherWorker,
        ["STAKE_TOO_LOW"] = "The worker's deposit is too low to take part. " + AnotherWorker,
        ["OUT_OF_GAS"] = "The worker's account cannot pay for its transactions. " + AnotherWorker,
        ["CHAIN_RECEIPT_NOT_VALID"] = "The worker's transaction failed on chain. " + AnotherWorker,
        ["TASK_NOT_ACTIVE"] = "The task was no longer open for contributions. Look at it with Get-IExecTask.",
        ["TASK_DESCRIPTION_INVALID"] = "The deal's parameters contradict each other, so no worker can run the task. Check them and buy it again. " + Refund,
        ["TASK_DESCRIPTION_NOT_FOUND"] = "The scheduler had no description of the task. Ask the workerpool's owner.",
        ["CONTRIBUTION_ALREADY_SET"] = "The worker had already contributed.",
        ["CONSENSUS_REACHED"] = "Other workers agreed on a result before this one was done. Nothing is wrong.",
        ["WORKERPOOL_AUTHORIZATION_NOT_FOUND"] = "The worker was not authorised to contribute. Ask the workerpool's owner.",
        ["CONTRIBUTION_AUTHORIZATION_NOT_FOUND"] = "The worker was not authorised to contribute. Ask the workerpool's owner.",
        ["CONTRIBUTION_TIMEOUT"] = "The worker did not finish before the time to contribute ended. The app may run too long for the deal's category: buy a longer one.",
        ["REVEAL_TIMEOUT"] = "The worker did not reveal its result in time. " + AnotherWorker,
        ["CANNOT_REVEAL"] = "The worker could not reveal its result on chain. " + AnotherWorker,
        ["APP_IMAGE_DOWNLOAD_FAILED"] = "The worker could not download the app's image. Check that the image is public and exists under the app's name and tag.",
        ["APP_NOT_FOUND_LOCALLY"] = "The app's image was gone from the worker. " + AnotherWorker,
        ["APP_COMPUTE_FAILED"] = AppFailed,
        ["APP_COMPUTE_TIMEOUT"] = "The application ran longer than the deal's category allows. Buy the task again in a longer category, or make the app faster.",
        ["INPUT_FILES_DOWNLOAD_FAILED"] = "An input file could not be downloaded. Check that each URL in the deal's input files can be reached by anyone.",
        ["DATASET_FILE_DOWNLOAD_FAILED"] = "The dataset could not be downloaded. Ask its owner whether its URL is still right.",
        ["DATASET_FILE_BAD_CHECKSUM"] = "The dataset does not match its checksum on chain. Ask its owner.",
        ["TEE_NOT_SUPPORTED"] = "The worker has no trusted hardware of the kind that the deal's tag asks for. " + AnotherWorker,
        ["UNKNOWN_SMS"] = "The worker did not find the secret management service of the task. " + AnotherWorker,
        ["PRE_COMPUTE_DATASET_DOWNLOAD_FAILED"] = "The dataset could not be downloaded. Ask its owner whether its URL is still right.",
        ["PRE_COMPUTE_INVALID_DATASET_CHECKSUM"] = "The dataset does not match its checksum on chain. Ask its owner.",
        ["PRE_COMPUTE_DATASET_DECRYPTION_FAILED"] = "The dataset could not be decrypted: its key does not match. Ask its owner to push the right one.",
        ["PRE_COMPUTE_INPUT_FILE_DOWNLOAD_FAILED"] = "An input file could not be downloaded. Check that each URL in the deal's input files can be reached by anyone.",
        ["PRE_COMPUTE_INVALID_ENCLAVE_CONFIGURATION"] = "The app's enclave configuration is invalid. Ask the app's owner.",
        ["PRE_COMPUTE_INVALID_ENCLAVE_HEAP_CONFIGURATION"] = "The app asks for a larger heap than the worker's enclaves have. Ask the app's owner, or use another workerpool.",
        ["POST_COMPUTE_COMPUTED_FILE_NOT_FOUND"] = "The app wrote no computed.json, which must name its deterministic output. Fix the app: it has to write it to $IEXEC_OUT.",
        ["POST_COMPUTE_RESULT_DIGEST_COMPUTATION_FAILED"] = "The deterministic output that computed.json names cannot be read. Fix the app.",
        ["DETERMINISM_HASH_NOT_FOUND"] = "The deterministic output that computed.json names cannot be read. Fix the app.",
        ["POST_COMPUTE_TOO_LONG_RESULT_FILE_NAME"] = "The app wrote a file whose name is longer than 31 characters. Fix the app.",
        ["POST_COMPUTE_RESULT_FILE_NOT_FOUND"] = "The file to upload was not there. " + FixTheApp,
        ["POST_COMPUTE_ENCRYPTION_PUBLIC_KEY_MISSING"] = "The result should be encrypted, and the beneficiary has pushed no key. Push it, then buy the task again.",
        ["POST_COMPUTE_ENCRYPTION_FAILED"] = "The result could not be encrypted for the beneficiary. Check the key that the beneficiary pushed.",
        ["POST_COMPUTE_STORAGE_TOKEN_MISSING"] = "The storage that the deal asks for needs a token, and the requester has pushed none. Push it, then buy the task again.",
        ["POST_COMPUTE_DROPBOX_UPLOAD_FAILED"] = "The result could not be uploaded to Dropbox. Check the token that the requester pushed.",
        ["POST_COMPUTE_IPFS_UPLOAD_FAILED"] = "The result could not be uploaded to IPFS. " + AnotherWorker,
        ["RESULT_LINK_MISSING"] = "The worker uploaded no result. Ask the workerpool's owner.",
        ["ABORTED_BY_WORKER"] = "The worker gave up on the task. " + AnotherWorker,
        ["TEE_SESSION_GENERATION_PRE_COMPUTE_GET_DATASET_SECRET_FAILED"] = "The dataset's key is not in the secret management service. Ask its owner to push it.",
        ["TEE_SESSION_GENERATION_POST_COMPUTE_GET_ENCRYPTION_TOKENS_FAILED_EMPTY_BENEFICIARY_KEY"] =
            "The result should be encrypted, and the beneficiary has pushed no key. Push it, then buy the task again.",
        ["TEE_SESSION_GENERATION_POST_COMPUTE_GET_STORAGE_TOKENS_FAILED"] =
            "The storage that the deal asks for needs a token, and the requester has pushed none. Push it, then buy the task again.",
        ["TEE_SESSION_GENERATION_APP_COMPUTE_NO_ENCLAVE_CONFIG"] = "The app has no enclave configuration, so it cannot run in trusted hardware. Ask the app's owner.",
        ["TEE_SESSION_GENERATION_APP_COMPUTE_INVALID_ENCLAVE_CONFIG"] = "The app's enclave configuration is invalid. Ask the app's owner.",
    };

    /// <summary>Prefixes of causes, for those that are not listed above.</summary>
    private static readonly (string Prefix, string Explanation)[] Phases =
    [
        ("TEE_SESSION_GENERATION_", "The session for trusted hardware could not be created. Check the secrets that app, dataset, requester and beneficiary have to push."),
        ("PRE_COMPUTE_", "The worker could not prepare dataset and input files in trusted hardware. " + AnotherWorker),
        ("POST_COMPUTE_", "The application ran, but its result could not be packed or uploaded. " + FixTheApp),
    ];

    /// <summary>Explains a task: a line for its status, and one for each kind of problem of its workers. Null when there is nothing to explain.</summary>
    public static string? OfTask(string? status, IReadOnlyList<IExecTaskReplicate> replicates)
    {
        var isDone = status == "COMPLETED";
        var own = OfTaskStatus(status);
        if (own is null && status == "RUNNING" && replicates.Count == 0)
            own = "No worker has taken the task yet: they may be busy, or none meets the deal's requirements. Wait, or look at the deal's tag and category.";
        return isDone ? null : Join(replicates.Select(replicate => replicate.Explanation).Prepend(own));
    }

    /// <summary>Explains a status that a task has gone through. Null when there is nothing to explain.</summary>
    public static string? OfTaskStatus(string? status) => status is not null && TaskStatuses.TryGetValue(status, out var text) ? text : null;

    /// <summary>Explains a status that a worker's part has gone through: by its cause, else by itself. Null when there is nothing to explain.</summary>
    public static string? OfReplicateStatus(string? status, string? cause, int? exitCode)
    {
        var why = (cause is null ? null : OfCause(cause)) ?? (status is not null && ReplicateStatuses.TryGetValue(status, out var text) ? text : null);
        return why is null ? null : string.Format(CultureInfo.InvariantCulture, why, Exit(exitCode));
    }

    /// <summary>Explains a worker's part: by its last cause, else by its status. Null when there is nothing to explain.</summary>
    public static string? OfReplicate(string? status, IReadOnlyList<IExecTaskOffchainStatus> history, int? exitCode)
    {
        if (status == "COMPLETED")
            return null;

        // A stopped worker has its cause in the previous status; for one that has recovered, earlier causes no longer matter.
        var hasFailed = status is "FAILED" or "ABORTED" || (status is not null && ReplicateStatuses.ContainsKey(status));
        var cause = history.LastOrDefault(update => update.Cause is not null || !hasFailed)?.Cause;
        var exit = Exit(exitCode);
        return OfReplicateStatus(status, cause, exitCode) ?? (exit.Length > 0 ? $"The application ended{exit}. {FixTheApp}" : null);
    }

    private static string Exit(int? exitCode) => exitCode is { } code and not 0 ? $" with exit code {code.ToString(CultureInfo.InvariantCulture)}" : "";

    private static string? OfCause(string cause) =>
        Causes.TryGetValue(cause, out var text) ? text : Phases.FirstOrDefault(phase => cause.StartsWith(phase.Prefix, StringComparison.Ordinal)).Explanation;

    private static string? Join(IEnumerable<string?> sentences)
    {
        var all = string.Join("\n", sentences.Where(sentence => sentence is not null).Distinct(StringComparer.Ordinal));
        return all.Length > 0 ? all : null;
    }
}
