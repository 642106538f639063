using System;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Connections;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Loading;

namespace IExec.Tasks.Commands;

/// <summary>Connects this runspace to a chain. Other runspaces keep their own connection.</summary>
[Cmdlet(VerbsCommunications.Connect, "IExec", DefaultParameterSetName = ReadOnlySet, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecConnection))]
public sealed class ConnectIExecCommand : IExecCmdlet
{
    private const string ReadOnlySet = "ReadOnly";
    private const string PrivateKeySet = "PrivateKey";
    private const string KeystoreSet = "Keystore";
    private const int DefaultTimeoutSec = 30;
    private const int DefaultMaximumRetryCount = 3;

    /// <summary>The chain: a name that Get-IExecChain lists, or any chain's id. Without it the node decides, or the default chain is used.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ChainCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Chain { get; set; }

    /// <summary>
    /// The RPC nodes; the next is used when one fails. A node with a WebSocket (ws or wss) announces what happens to watched tasks;
    /// others (http or https) are polled.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateHttpUrl(AllowWebSocket = true)]
    public Uri[] RpcUrl { get; set; } = [];

    /// <summary>The hub's address, for a chain that the module does not know.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HubAddress { get; set; }

    /// <summary>The Compass service, which knows where each workerpool's API is.</summary>
    [Parameter]
    [ValidateHttpUrl]
    public Uri? CompassUrl { get; set; }

    /// <summary>The PoCo subgraph, an index that searches for deals use.</summary>
    [Parameter]
    [ValidateHttpUrl]
    public Uri? SubgraphUrl { get; set; }

    /// <summary>The market API, another index that searches for deals use.</summary>
    [Parameter]
    [ValidateHttpUrl]
    public Uri? MarketApiUrl { get; set; }

    /// <summary>The IPFS gateways; the next is used when one fails. A path is kept.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateHttpUrl]
    public Uri[] IpfsGatewayUrl { get; set; } = [];

    /// <summary>The only hosts of schedulers to use, whatever a workerpool declares. Without it, any host.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] WorkerpoolApiHost { get; set; } = [];

    /// <summary>The ENS registry's address, on chains where workerpools publish their API URL in ENS.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EnsRegistryAddress { get; set; }

    /// <summary>How many confirmations a transaction needs; its own block is the first.</summary>
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

    /// <summary>The account's private key: 64 hexadecimal digits, with or without 0x.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PrivateKeySet)]
    [ValidateNotNull]
    [Secret]
    public SecureString? PrivateKey { get; set; }

    /// <summary>
    /// The key file (Web3 secret storage, version 3), or a folder of them: Address picks one, otherwise the newest is used. Without it,
    /// the folder of geth and the iExec command line.
    /// </summary>
    [Parameter(ParameterSetName = KeystoreSet)]
    [ValidateNotNullOrEmpty]
    public string? KeystorePath { get; set; }

    /// <summary>The key file's password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeystoreSet)]
    [ValidateNotNull]
    [Secret]
    public SecureString? Password { get; set; }

    /// <summary>The account whose key file to use.</summary>
    [Parameter(ParameterSetName = KeystoreSet)]
    [ValidateNotNullOrEmpty]
    public string? Address { get; set; }

    /// <summary>Emits the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        try
        {
            var signer = ParameterSetName switch
            {
                PrivateKeySet => OpenPrivateKey(),
                KeystoreSet => await OpenKeystoreAsync(cancellationToken),
                _ => null,
            };
            var state = RunspaceState.Current;
            try
            {
                state.Keep(await ConnectAsync(Settings(signer), cancellationToken));
            }
            catch
            {
                signer?.Dispose();
                throw;
            }

            if (PassThru)
                WriteObject(state.HandOut());
        }
        catch (IExecException exception)
        {
            ThrowTerminatingError(ErrorRecords.Create(exception, TargetOf(exception)));
        }
    }

    private ConnectionSettings Settings(ISigner? signer) => new()
    {
        Chain = Chain,
        RpcUrls = RpcUrl,
        HubAddress = HubAddress,
        CompassUrl = CompassUrl,
        SubgraphUrl = SubgraphUrl,
        MarketApiUrl = MarketApiUrl,
        IpfsGatewayUrls = IpfsGatewayUrl,
        WorkerpoolApiHosts = WorkerpoolApiHost,
        EnsRegistryAddress = EnsRegistryAddress,
        Confirmations = Confirmations,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        MaximumRetryCount = MaximumRetryCount,
        Signer = signer,
    };

    private ISigner OpenPrivateKey()
    {
        using var digits = PrivateKey!.ToSecretBytes();
        return Signers.FromPrivateKey(digits);
    }

    private async Task<ISigner> OpenKeystoreAsync(CancellationToken cancellationToken)
    {
        using var password = Password!.ToSecretBytes();
        return await Signers.FromKeystoreAsync(ResolveKeystorePath(), password, ParseAccount(), cancellationToken);
    }

    private string ResolveKeystorePath() => KeystorePath is null
        ? KeystoreFolder.DefaultPath
        : this.ToFileSystemPath(KeystorePath) ?? throw new IExecException(IExecErrorId.KeyInvalid, $"'{KeystorePath}' is not a path in the file system.");

    private Ethereum.Address? ParseAccount() => Address is null
        ? null
        : ParseAddress(Address);

    /// <summary>The input that caused the failure, for the error's target; never a key or a password.</summary>
    private object? TargetOf(IExecException exception) => exception.ErrorId switch
    {
        IExecErrorId.KeyInvalid when ParameterSetName == PrivateKeySet => nameof(PrivateKey),
        IExecErrorId.KeyInvalid or IExecErrorId.PasswordWrong => KeystorePath ?? KeystoreFolder.DefaultPath,
        IExecErrorId.InvalidAddress => Array.Find([HubAddress, EnsRegistryAddress, Address], text => text is not null && !Ethereum.Address.TryParse(text, out _)),
        IExecErrorId.RpcError => (object?)HubAddress ?? Chain,
        IExecErrorId.ChainUnknown or IExecErrorId.ChainMismatch => Chain,
        _ => RpcUrl.Length > 0 ? Array.ConvertAll(RpcUrl, Redaction.Url) : Chain,
    };
}
