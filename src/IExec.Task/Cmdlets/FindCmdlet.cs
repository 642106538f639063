using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Connections;
using IExec.Tasks.Deals;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Cmdlets;

/// <summary>A cmdlet that searches the deals of accounts, and emits matches as they are found.</summary>
public abstract class FindCmdlet : ConnectedCmdlet
{
    private readonly ProgressReporter _progress;
    private IExecSession _session = null!;
    private DealFilter _filter = null!;
    private long _skipped;
    private long _emitted;

    private protected FindCmdlet(string activity) => _progress = new ProgressReporter(this, activity);

    /// <summary>The address of the requester. Without any address, the search is for the connection's own account, as requester or payer.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Requester { get; set; }

    /// <summary>The address of the beneficiary, for whom the results are.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Beneficiary { get; set; }

    /// <summary>The address of the payer, whom a claim refunds.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Payer { get; set; }

    /// <summary>The address of the app.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? App { get; set; }

    /// <summary>The address of the dataset.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Dataset { get; set; }

    /// <summary>The address of the workerpool.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerpoolCompleter))]
    public string? Workerpool { get; set; }

    /// <summary>The earliest time at which the deals were made, on the chain's clock.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>The latest time at which the deals were made, on the chain's clock.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>The statuses of tasks to find.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public IExecTaskStatus[]? Status { get; set; }

    /// <summary>Only what a claim would refund now.</summary>
    [Parameter]
    public SwitchParameter Claimable { get; set; }

    /// <summary>The maximum number to emit; the search ends when it is reached.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long First { get; set; } = long.MaxValue;

    /// <summary>How many of the newest to skip.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long Skip { get; set; }

    /// <summary>Where to look for deals. Everything that is emitted is read from the chain.</summary>
    [Parameter]
    public IExecDealSource Source { get; set; }

    private protected DealReader Reader { get; private set; } = null!;

    /// <summary>Whether -First is reached.</summary>
    private protected bool IsEnough => _emitted >= First;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (Since > Until)
        {
            ThrowTerminatingError(new ErrorRecord(
                new ParameterBindingException($"-Since ({Since:u}) is after -Until ({Until:u})."), "ParameterArgumentValidationError", ErrorCategory.InvalidArgument, Since));
        }

        _filter = ReadFilter();
        _session = await OpenSessionAsync(cancellationToken);
        Reader = new DealReader(_session);
    }

    /// <summary>Searches, once for each requester that comes down the pipeline. The failure of one does not end the others.</summary>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (IsEnough)
            return;
        try
        {
            await FindAsync(cancellationToken);
        }
        catch (IExecException exception)
        {
            WriteFailure(exception, Requester);
        }
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        _progress.Dispose();
        return Task.CompletedTask;
    }

    private async Task FindAsync(CancellationToken cancellationToken)
    {
        var filter = _filter with { Requester = Requester is null ? null : ParseAddress(Requester) };
        if (filter is { Account: null, Requester: null, Beneficiary: null, Payer: null, App: null, Dataset: null, Workerpool: null })
            filter = filter with { Account = OwnAccount(_session) };

        var finder = new DealFinder(_session, new Progress<SearchProgress>(step => _progress.Report(step.Status, step.Fraction)));
        await foreach (var deals in finder.FindAsync(filter, Source, cancellationToken))
        {
            await EmitAsync(deals, cancellationToken);
            if (IsEnough)
                return;
        }
    }

    /// <summary>Emits the matches among some deals.</summary>
    private protected abstract Task EmitAsync(IReadOnlyList<ScheduledDeal> deals, CancellationToken cancellationToken);

    /// <summary>Whether a task has one of the statuses to find.</summary>
    private protected bool IsWanted(IExecTask task) => (!Claimable || task.IsClaimable) && (Status is null || Array.IndexOf(Status, task.Status) >= 0);

    /// <summary>Emits a match, unless -Skip or -First excludes it.</summary>
    private protected void EmitInTurn(object item)
    {
        if (_skipped < Skip)
        {
            _skipped++;
        }
        else if (!IsEnough)
        {
            _emitted++;
            Emit(item);
        }
    }

    /// <summary>The conditions that do not come from the pipeline.</summary>
    private DealFilter ReadFilter() => new()
    {
        Beneficiary = ParseArgument(Beneficiary),
        Payer = ParseArgument(Payer),
        App = ParseArgument(App),
        Dataset = ParseArgument(Dataset),
        Workerpool = ParseArgument(Workerpool),
        Since = Since,
        Until = Until,
        Claimable = Claimable,
    };

    private Address? ParseArgument(string? text) => text is null ? null : RequireAddress(text);

    private static Address OwnAccount(IExecSession session) => session.Connection.Signer?.Address ?? throw new IExecException(
        IExecErrorId.SignerRequired,
        "No address was given to search by, and the connection has no account to search for.",
        "Pass an address, such as -Requester 0x…, or connect with a key.");
}
