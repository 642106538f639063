using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Loading;

namespace IExec.Tasks.Cmdlets;

/// <summary>What all cmdlets of the module share: how failures become error records, and where the core's messages go.</summary>
public abstract class IExecCmdlet : AsyncCmdlet
{
    /// <summary>Where the module is described, for <c>Get-Help -Online</c>: its page in the PowerShell Gallery.</summary>
    internal const string HelpUri = "https://www.powershellgallery.com/packages/IExec.Task";

    private CmdletDiagnostics? _diagnostics;

    /// <summary>Takes the core's messages for this cmdlet's verbose and debug streams.</summary>
    private protected CmdletDiagnostics Diagnostics => _diagnostics ??= new CmdletDiagnostics(this, PostToPipeline);

    /// <summary>Connects, and tells once in a runspace of a chain that nobody chose.</summary>
    private protected Task<IExecConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        if (Connector.TakesDefaultChain(settings) && RunspaceState.Current.TellsOfDefaultChain())
            WriteWarning($"No chain was chosen; using {KnownChains.DefaultName}. Choose one with Connect-IExec <chain>, or with the environment variable {Connector.ChainVariable}; Get-IExecChain lists them.");
        return Connector.ConnectAsync(settings, Diagnostics, cancellationToken);
    }

    /// <summary>Reports the failure of one item and lets the others go on, unless none of them could do better: then the pipeline ends.</summary>
    private protected void WriteFailure(IExecException exception, object? target)
    {
        exception = Explain(exception);
        var record = ErrorRecords.Create(exception, target);
        if (exception.ErrorId is IExecErrorId.RpcUnavailable or IExecErrorId.RateLimited or IExecErrorId.ConnectionRequired or IExecErrorId.ChainMismatch
            or IExecErrorId.SignerRequired)
            ThrowTerminatingError(record);
        WriteError(record);
    }

    /// <summary>Reads an address that a user wrote.</summary>
    /// <exception cref="IExecException">InvalidAddress.</exception>
    private protected static Address ParseAddress(string text) =>
        Address.TryParse(text, out var address) ? address : throw new IExecException(IExecErrorId.InvalidAddress, $"'{text}' is not an address.");

    /// <summary>Reads an address without which the command can do nothing: one that is none ends the pipeline, and is the error's target.</summary>
    private protected Address RequireAddress(string text)
    {
        try
        {
            return ParseAddress(text);
        }
        catch (IExecException exception)
        {
            ThrowTerminatingError(ErrorRecords.Create(exception, text));
            throw;
        }
    }

    /// <summary>Ends the pipeline because parameters that were given contradict each other, as PowerShell does for those of different sets.</summary>
    internal void RejectParameters(string problem) =>
        ThrowTerminatingError(new ErrorRecord(new ParameterBindingException(problem), "AmbiguousParameterSet", ErrorCategory.InvalidArgument, null));

    private protected sealed override ErrorRecord? ToTerminatingError(Exception exception) =>
        exception is IExecException failure ? ErrorRecords.Create(Explain(failure), null) : null;

    /// <summary>What fails because the work was ended from elsewhere says why, and not how; but what became of a transaction is told as it is.</summary>
    private IExecException Explain(IExecException failure) =>
        Abortion is IExecException cause && failure.ErrorId != IExecErrorId.ClaimNotConfirmed ? cause : failure;
}
