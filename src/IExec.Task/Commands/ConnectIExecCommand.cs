using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Chains;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Loading;

namespace IExec.Tasks.Commands;

/// <summary>Connects this runspace to a chain. Other runspaces keep their own connection.</summary>
[Cmdlet(VerbsCommunications.Connect, "IExec")]
[OutputType(typeof(IExecConnection))]
public sealed class ConnectIExecCommand : IExecCmdlet
{
    private const int DefaultTimeoutSec = 30;
    private const int DefaultMaximumRetryCount = 3;

    /// <summary>The chain: a name that Get-IExecChain lists, or any chain's id. Without it the node decides, or the default chain is used.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Chain { get; set; }

    /// <summary>The RPC nodes (http or https); the next is used when one fails.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateHttpUrl]
    public Uri[] RpcUrl { get; set; } = [];

    /// <summary>The hub's address, for a chain that the module does not know.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HubAddress { get; set; }

    /// <summary>The Compass service, which knows where each workerpool's API is.</summary>
    [Parameter]
    [ValidateHttpUrl]
    public Uri? CompassUrl { get; set; }

    /// <summary>The IPFS gateways; the next is used when one fails. A path is kept.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateHttpUrl]
    public Uri[] IpfsGatewayUrl { get; set; } = [];

    /// <summary>The ENS registry's address, where ENS tells where a workerpool's API is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EnsRegistryAddress { get; set; }

    /// <summary>How many blocks deep a transaction must be to count; its own block is the first.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Confirmations { get; set; } = 1;

    /// <summary>The seconds that one request may take.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = DefaultTimeoutSec;

    /// <summary>How often a failed request is repeated on one node.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = DefaultMaximumRetryCount;

    /// <summary>Emits the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var settings = new ConnectionSettings
        {
            Chain = Chain,
            RpcUrls = RpcUrl,
            HubAddress = HubAddress,
            CompassUrl = CompassUrl,
            IpfsGatewayUrls = IpfsGatewayUrl,
            EnsRegistryAddress = EnsRegistryAddress,
            Confirmations = Confirmations,
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            MaximumRetryCount = MaximumRetryCount,
        };
        try
        {
            var connection = await Connector.ConnectAsync(settings, Diagnostics, cancellationToken);
            RunspaceState.Current.Connection = connection;
            if (PassThru)
                WriteObject(connection);
        }
        catch (IExecException exception)
        {
            ThrowTerminatingError(ErrorRecords.Create(exception, TargetOf(exception)));
        }
    }

    /// <summary>The parameter that the failure is about.</summary>
    private object? TargetOf(IExecException exception) => exception.ErrorId switch
    {
        IExecErrorId.InvalidAddress => HubAddress is not null && !Address.TryParse(HubAddress, out _) ? HubAddress : EnsRegistryAddress,
        IExecErrorId.RpcError => (object?)HubAddress ?? Chain,
        IExecErrorId.ChainUnknown or IExecErrorId.ChainMismatch => Chain,
        _ => RpcUrl.Length > 0 ? RpcUrl : Chain,
    };
}
