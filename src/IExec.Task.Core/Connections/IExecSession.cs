using IExec.Tasks.Contracts;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Connections;

/// <summary>One command's use of a connection; messages go to that command only.</summary>
internal sealed class IExecSession
{
    public IExecSession(IExecConnection connection, IDiagnostics diagnostics)
    {
        Connection = connection;
        Diagnostics = diagnostics;
        Rpc = connection.Rpc.WithDiagnostics(diagnostics);
        Contracts = new ContractReader(Rpc, connection.ReadSupport, diagnostics);
        var hub = Address.Parse(connection.HubAddress);
        var scan = new LogScan(Rpc, hub, connection.LogWidth, diagnostics);
        Batches = new RpcBatches(Rpc, connection.ReadSupport);
        Receipts = new ReceiptLogs(Batches);
        Logs = new HubLogs(Rpc, hub);
        TaskEvents = new TaskEventScan(hub, scan);
        DealLogs = new DealLogs(hub, scan, Receipts);
        Hub = new HubClient(Contracts, hub, connection.ChainId, connection.HubFacts);
    }

    public IExecConnection Connection { get; }

    public IDiagnostics Diagnostics { get; }

    public JsonRpcClient Rpc { get; }

    /// <summary>Reads of any contract.</summary>
    public ContractReader Contracts { get; }

    /// <summary>Many requests at once.</summary>
    public RpcBatches Batches { get; }

    /// <summary>The events of transactions.</summary>
    public ReceiptLogs Receipts { get; }

    /// <summary>The hub's log of the latest blocks.</summary>
    public HubLogs Logs { get; }

    /// <summary>The events of tasks in the whole of the hub's log.</summary>
    public TaskEventScan TaskEvents { get; }

    /// <summary>New deals in the hub's log.</summary>
    public DealLogs DealLogs { get; }

    /// <summary>Reads of the hub.</summary>
    public HubClient Hub { get; }

    /// <summary>The failure to find a task.</summary>
    public IExecException TaskNotFound(Bytes32 taskId) => new(IExecErrorId.TaskNotFound, $"There is no initialised task {taskId} on chain {Connection.ChainId}.");

    /// <summary>The failure to find a deal.</summary>
    public IExecException DealNotFound(Bytes32 dealId) => new(IExecErrorId.DealNotFound, $"There is no deal {dealId} on chain {Connection.ChainId}.");
}
