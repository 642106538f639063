using System.Management.Automation;

namespace IExec.Tasks.Cmdlets;

/// <summary>The one place where a failure becomes an error record: id, category, sentence and advice.</summary>
internal static class ErrorRecords
{
    /// <summary>Makes the error record of a failure.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="target">What the user passed: the id, path or name that failed.</param>
    public static ErrorRecord Create(IExecException exception, object? target)
    {
        var (category, advice) = Describe(exception.ErrorId);
        return new ErrorRecord(exception, exception.ErrorId.ToString(), category, target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = exception.RecommendedAction ?? advice },
        };
    }

    private static (ErrorCategory Category, string Advice) Describe(IExecErrorId id) => id switch
    {
        IExecErrorId.InvalidTaskId => (ErrorCategory.InvalidArgument, "Pass a task id: 0x followed by 64 hexadecimal digits."),
        IExecErrorId.InvalidDealId => (ErrorCategory.InvalidArgument, "Pass a deal id: 0x followed by 64 hexadecimal digits."),
        IExecErrorId.InvalidAddress => (ErrorCategory.InvalidArgument, "Pass an address: 0x followed by 40 hexadecimal digits; if upper and lower case are mixed, the EIP-55 checksum must be right."),
        IExecErrorId.ChainUnknown => (ErrorCategory.InvalidArgument, "Use a name or id that Get-IExecChain lists, or connect with -RpcUrl and -HubAddress."),
        IExecErrorId.ChainMismatch => (ErrorCategory.InvalidArgument, "Check -Chain and -RpcUrl: the node's own chain id decides."),
        IExecErrorId.ConnectionRequired => (ErrorCategory.ConnectionError, "Run Connect-IExec, or pass an open connection with -Connection."),
        IExecErrorId.SignerRequired => (ErrorCategory.AuthenticationError, "Run Connect-IExec with -PrivateKey, or with -KeystorePath and -Password."),
        IExecErrorId.KeyInvalid => (ErrorCategory.InvalidData, "Check the key or the key file; see about_IExec_Secrets."),
        IExecErrorId.PasswordWrong => (ErrorCategory.AuthenticationError, "Check the password of the key file."),
        IExecErrorId.RpcUnavailable => (ErrorCategory.ConnectionError, "Check the network and the RPC URL (Get-IExecConnection), or add a second one: Connect-IExec -RpcUrl <first>, <second>."),
        IExecErrorId.RpcError => (ErrorCategory.InvalidResult, "Check that the RPC URL and the hub address belong to the same chain (Get-IExecConnection); -Debug shows the exchange."),
        IExecErrorId.RateLimited => (ErrorCategory.LimitsExceeded, "Wait and try again, or use an RPC endpoint with a higher limit (Connect-IExec -RpcUrl)."),
        IExecErrorId.TaskNotFound => (ErrorCategory.ObjectNotFound, "Check the id and the chain. A task that was bought but is not initialised yet shows with Get-IExecTask -DealId."),
        IExecErrorId.DealNotFound => (ErrorCategory.ObjectNotFound, "Check the deal id and the chain (Get-IExecConnection)."),
        IExecErrorId.TaskNotInDeal => (ErrorCategory.InvalidArgument, "Get-IExecTask -DealId lists the tasks of a deal with their indexes."),
        IExecErrorId.WorkerpoolApiUndeclared => (ErrorCategory.ResourceUnavailable, "Ask the workerpool's owner to declare its API URL; the task itself can still be read from the chain."),
        IExecErrorId.WorkerpoolApiError => (ErrorCategory.ResourceUnavailable, "Try again later; if it keeps failing, ask the workerpool's owner."),
        IExecErrorId.IndexError => (ErrorCategory.ResourceUnavailable, "Search without it: -Source Auto or -Source Chain. Connect-IExec -SubgraphUrl and -MarketApiUrl name others."),
        IExecErrorId.NotRequester => (ErrorCategory.PermissionDenied, "Connect with the requester's key."),
        IExecErrorId.ChallengeRejected => (ErrorCategory.SecurityError, "Do not sign for this workerpool by other means either; report it to the workerpool's owner."),
        IExecErrorId.LogNotFound => (ErrorCategory.ObjectNotFound, "Logs exist from the end of the computation until about three days after the task's final deadline."),
        IExecErrorId.Unauthorized => (ErrorCategory.AuthenticationError, "Try again; if it keeps failing, check that the connection's key is the requester's."),
        IExecErrorId.TaskNotCompleted => (ErrorCategory.InvalidOperation, "Wait for the task with Wait-IExecTask, then try again."),
        IExecErrorId.ResultMissing => (ErrorCategory.ObjectNotFound, "Get-IExecTaskOffchainInfo and Get-IExecTaskLog may tell why no result was uploaded."),
        IExecErrorId.ResultNotOnIpfs => (ErrorCategory.NotImplemented, "Fetch the result from the storage named in the task's Result property."),
        IExecErrorId.ResultLocationInvalid => (ErrorCategory.InvalidData, "The worker wrote an unusable location; only IPFS paths are followed."),
        IExecErrorId.GatewayError => (ErrorCategory.ResourceUnavailable, "Try again later, or name another gateway: Connect-IExec -IpfsGatewayUrl."),
        IExecErrorId.ResultCorrupt => (ErrorCategory.InvalidData, "Try again with another gateway: Connect-IExec -IpfsGatewayUrl."),
        IExecErrorId.DigestMismatch => (ErrorCategory.SecurityError, "Do not trust this result. -SkipVerification saves it anyway, for inspection."),
        IExecErrorId.DecryptionFailed => (ErrorCategory.InvalidData, "Check that the key given with -BeneficiaryKeyPath belongs to the deal's beneficiary."),
        IExecErrorId.ResultExists => (ErrorCategory.ResourceExists, "Use -Force to replace it, or give another -Path."),
        IExecErrorId.FileAccessFailed => (ErrorCategory.WriteError, "Check the path, its permissions and the free space."),
        IExecErrorId.ArchiveUnsafe => (ErrorCategory.SecurityError, "Save the archive without -Expand and inspect it carefully."),
        IExecErrorId.ClaimTooEarly => (ErrorCategory.InvalidOperation, "Claim after the task's final deadline; Watch-IExecTask waits for it."),
        IExecErrorId.ClaimNotAllowed => (ErrorCategory.InvalidOperation, "Only a task that is past its final deadline and neither completed nor claimed can be claimed."),
        IExecErrorId.ClaimReverted => (ErrorCategory.InvalidResult, "Look at the task with Get-IExecTask: another claim may have come first."),
        IExecErrorId.ClaimNotConfirmed => (ErrorCategory.OperationTimeout, "Look up the transaction's hash before you claim again; Get-IExecTask shows whether the claim took effect."),
        IExecErrorId.FundsInsufficient => (ErrorCategory.LimitsExceeded, "Fund the connection's account with the chain's own currency, then try again."),
        IExecErrorId.FeeTooHigh => (ErrorCategory.LimitsExceeded, "Try again later or with another node (Connect-IExec -RpcUrl). If the cost is right, allow it with -MaximumCost."),
        IExecErrorId.OperationTimedOut => (ErrorCategory.OperationTimeout, "Give it more time with -TimeoutSec."),
        _ => throw new System.ArgumentOutOfRangeException(nameof(id), id, null),
    };
}
