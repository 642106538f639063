namespace IExec.Tasks;

/// <summary>
/// What went wrong. The name is the beginning of the error record's <c>FullyQualifiedErrorId</c>, which scripts test for:
/// names are never changed and never reused.
/// </summary>
public enum IExecErrorId
{
    /// <summary>The text is not a task id: <c>0x</c> and 64 hexadecimal digits.</summary>
    InvalidTaskId,

    /// <summary>The text is not a deal id: <c>0x</c> and 64 hexadecimal digits.</summary>
    InvalidDealId,

    /// <summary>The text is not an Ethereum address, or its EIP-55 checksum is wrong, or the address is not that of a workerpool where one is needed.</summary>
    InvalidAddress,

    /// <summary>The chain is not one the module knows, and no hub address was given.</summary>
    ChainUnknown,

    /// <summary>The node serves another chain than the one asked for.</summary>
    ChainMismatch,

    /// <summary>There is no connection, or it was closed.</summary>
    ConnectionRequired,

    /// <summary>The work needs a key and the connection has none.</summary>
    SignerRequired,

    /// <summary>The key or the key file cannot be used.</summary>
    KeyInvalid,

    /// <summary>The password does not open the key file.</summary>
    PasswordWrong,

    /// <summary>No RPC node could be reached, or none gave a valid response.</summary>
    RpcUnavailable,

    /// <summary>The RPC node returned an error, or data that is not what the contract returns.</summary>
    RpcError,

    /// <summary>The service asks to slow down (HTTP 429).</summary>
    RateLimited,

    /// <summary>No task with this id on this chain, or it is not initialised yet.</summary>
    TaskNotFound,

    /// <summary>No deal with this id on this chain.</summary>
    DealNotFound,

    /// <summary>The task or the index does not belong to the deal.</summary>
    TaskNotInDeal,

    /// <summary>The workerpool has not published an API URL.</summary>
    WorkerpoolApiUndeclared,

    /// <summary>The workerpool's API, or the service that knows its URL, failed or gave an invalid response.</summary>
    WorkerpoolApiError,

    /// <summary>The subgraph or the market API cannot be reached, failed, or gave an invalid response.</summary>
    IndexError,

    /// <summary>Only the deal's requester may ask for this.</summary>
    NotRequester,

    /// <summary>The workerpool asked for a signature over something that is not its log challenge. Nothing was signed.</summary>
    ChallengeRejected,

    /// <summary>The workerpool has no logs for this task: either not yet, or no longer.</summary>
    LogNotFound,

    /// <summary>The workerpool did not accept the signature.</summary>
    Unauthorized,

    /// <summary>The task is not completed, so there is no result.</summary>
    TaskNotCompleted,

    /// <summary>The completed task names no result.</summary>
    ResultMissing,

    /// <summary>The result is kept somewhere else than on IPFS.</summary>
    ResultNotOnIpfs,

    /// <summary>The result's location is not an IPFS path.</summary>
    ResultLocationInvalid,

    /// <summary>No IPFS gateway could deliver the result.</summary>
    GatewayError,

    /// <summary>The downloaded content does not match its CID.</summary>
    ResultCorrupt,

    /// <summary>The result does not match what the workers agreed on.</summary>
    DigestMismatch,

    /// <summary>The encrypted result cannot be decrypted.</summary>
    DecryptionFailed,

    /// <summary>The target file exists.</summary>
    ResultExists,

    /// <summary>A file or folder on this machine cannot be read or written: no space, no permission, no such folder.</summary>
    FileAccessFailed,

    /// <summary>The archive would write outside its folder, or is too large to expand.</summary>
    ArchiveUnsafe,

    /// <summary>The task's final deadline has not passed on the chain's clock.</summary>
    ClaimTooEarly,

    /// <summary>The task cannot be claimed in its state.</summary>
    ClaimNotAllowed,

    /// <summary>The claim's transaction was reverted.</summary>
    ClaimReverted,

    /// <summary>The claim's transaction was sent, and its outcome is not known.</summary>
    ClaimNotConfirmed,

    /// <summary>The account cannot pay for the transaction.</summary>
    FundsInsufficient,

    /// <summary>The transaction can cost more than the user allowed.</summary>
    FeeTooHigh,

    /// <summary>The time the caller allowed has passed.</summary>
    OperationTimedOut,
}
