using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Connections;
using IExec.Tasks.Deals;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Commands;

/// <summary>Reads deals from the chain: their terms, their tasks by status, and the amounts paid, spent, refunded and locked.</summary>
[Cmdlet(VerbsCommon.Get, "IExecDeal", HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecDeal))]
public sealed class GetIExecDealCommand : ConnectedCmdlet
{
    private const int DealsAtOnce = 500;

    private readonly List<(string Input, Bytes32 Id)> _batch = [];
    private readonly ProgressReporter _progress;
    private DealReader _reader = null!;
    private IExecSession _session = null!;
    private int _emitted;

    /// <summary>Makes the cmdlet.</summary>
    public GetIExecDealCommand() => _progress = new ProgressReporter(this, "Reading deals");

    /// <summary>The ids of deals; an object with a DealId, such as a task, stands for its deal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [FromProperty(nameof(DealId))]
    [ArgumentCompleter(typeof(DealIdCompleter))]
    [AllowEmptyString]
    public string[] DealId { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        _session = await OpenSessionAsync(cancellationToken);
        _reader = new DealReader(_session);
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var dealId in DealId)
        {
            try
            {
                _batch.Add((dealId, DealReader.ParseId(dealId)));
            }
            catch (IExecException exception)
            {
                await FlushAsync(cancellationToken);
                WriteFailure(exception, dealId);
            }

            if (_batch.Count == DealsAtOnce)
                await FlushAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        _progress.Dispose();
    }

    /// <summary>Emits the deals in the order of the input, each as soon as it is read.</summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
            return;
        var batch = _batch.ToArray();
        _batch.Clear();
        try
        {
            await EmitAsync(batch, cancellationToken);
        }
        catch (IExecException exception)
        {
            WriteFailure(exception, batch.Length == 1 ? batch[0].Input : batch.Select(deal => deal.Input).ToArray());
        }
    }

    private async Task EmitAsync((string Input, Bytes32 Id)[] batch, CancellationToken cancellationToken)
    {
        Bytes32[] ids = [.. batch.Select(deal => deal.Id).Distinct()];
        var terms = await _reader.ReadTermsAsync(ids, cancellationToken);
        var missing = new HashSet<Bytes32>(ids.Where((_, i) => terms[i] is null));
        var read = new Dictionary<Bytes32, IExecDeal>();
        var next = 0;
        EmitKnown();
        await foreach (var deal in _reader.ReadAsync(terms.OfType<ScheduledDeal>(), cancellationToken))
        {
            read[Bytes32.Parse(deal.DealId)] = deal;
            EmitKnown();
        }

        void EmitKnown()
        {
            for (; next < batch.Length; next++)
            {
                var (input, id) = batch[next];
                if (missing.Contains(id))
                    WriteFailure(_session.DealNotFound(id), input);
                else if (read.TryGetValue(id, out var deal))
                    Emit(deal);
                else
                    return;
                _progress.Report($"{++_emitted} read");
            }
        }
    }
}
