using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Loading;

namespace IExec.Tasks.Cmdlets;

/// <summary>The base of all cmdlets of the module: failures become error records, and the core's messages go to the streams.</summary>
public abstract class IExecCmdlet : AsyncCmdlet
{
    /// <summary>Where the module is described, for <c>Get-Help -Online</c>: its page in the PowerShell Gallery.</summary>
    internal const string HelpUri = "https://www.powershellgallery.com/packages/IExec.Task";

    private CmdletDiagnostics? _diagnostics;

    /// <summary>Writes the core's messages to this cmdlet's verbose and debug streams.</summary>
    private protected CmdletDiagnostics Diagnostics => _diagnostics ??= new CmdletDiagnostics(this, PostToPipeline);

    /// <summary>Connects, and warns once in a runspace when the default chain is used without having been chosen.</summary>
    private protected Task<IExecConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        if (Connector.TakesDefaultChain(settings) && RunspaceState.Current.TellsOfDefaultChain())
            WriteWarning($"No chain was chosen; using {KnownChains.DefaultName}. Choose one with Connect-IExec <chain>, or with the environment variable {Connector.ChainVariable}; Get-IExecChain lists them.");
        return Connector.ConnectAsync(settings, Diagnostics, cancellationToken);
    }

    /// <summary>Reports the failure of one item and lets the others go on; a failure that affects all of them ends the pipeline.</summary>
    private protected void WriteFailure(IExecException exception, object? target)
    {
        exception = Explain(exception);
        var record = ErrorRecords.Create(exception, target);
        if (exception.ErrorId is IExecErrorId.RpcUnavailable or IExecErrorId.RateLimited or IExecErrorId.ConnectionRequired or IExecErrorId.ChainMismatch
            or IExecErrorId.SignerRequired)
            ThrowTerminatingError(record);
        WriteError(record);
    }

    /// <summary>Parses an address from user input.</summary>
    /// <exception cref="IExecException">InvalidAddress.</exception>
    private protected static Address ParseAddress(string text) =>
        Address.TryParse(text, out var address) ? address : throw new IExecException(IExecErrorId.InvalidAddress, $"'{text}' is not an address.");

    /// <summary>Parses an address that the command needs: an invalid one ends the pipeline, with the text as the error's target.</summary>
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

    /// <summary>Ends the pipeline because parameters cannot be combined, as PowerShell does for those of different sets.</summary>
    internal void RejectParameters(string problem) =>
        ThrowTerminatingError(new ErrorRecord(new ParameterBindingException(problem), "AmbiguousParameterSet", ErrorCategory.InvalidArgument, null));

    private protected sealed override ErrorRecord? ToTerminatingError(Exception exception) =>
        exception is IExecException failure ? ErrorRecords.Create(Explain(failure), null) : null;

    /// <summary>A failure caused by <c>End</c> is replaced by its reason; but a failure that says what happened to a transaction is kept.</summary>
    private IExecException Explain(IExecException failure) =>
        Abortion is IExecException cause && failure.ErrorId != IExecErrorId.ClaimNotConfirmed ? cause : failure;
}
