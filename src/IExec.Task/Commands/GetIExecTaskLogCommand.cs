using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.Commands;

/// <summary>
/// Fetches what the workers' runs of a task wrote to their standard output and error. Only the deal's requester may have them, so the connection
/// needs the requester's key; it signs the scheduler's log challenge and nothing else.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IExecTaskLog", DefaultParameterSetName = ById, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTaskLog))]
public sealed class GetIExecTaskLogCommand : WorkerpoolCmdlet
{
    private TaskLogs _logs = null!;
    private HashSet<string>? _workers;

    /// <summary>The addresses of the workers whose logs are wanted; all without it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Worker { get; set; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        _workers = Worker is null ? null : [.. Worker.Select(ParseWorker)];
        await base.BeginAsync(cancellationToken);
        _logs = new TaskLogs(Session);
    }

    private protected override void Check() => Session.Connection.RequireSigner();

    private protected override async Task<IReadOnlyList<object>> AskAsync(DealtTask task, CancellationToken cancellationToken)
    {
        var logs = await _logs.ReadAsync(task, cancellationToken);
        return _workers is null ? logs : [.. logs.Where(log => _workers.Contains(log.Worker))];
    }

    private string ParseWorker(string text)
    {
        if (!Address.TryParse(text, out var address))
            ThrowTerminatingError(ErrorRecords.Create(new IExecException(IExecErrorId.InvalidAddress, $"'{text}' is not an address."), text));
        return address.ToString();
    }
}
