using IExec.Tasks.Contracts;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Connections;

/// <summary>One command's use of a connection: what is done for it is told to it, and to no other.</summary>
internal sealed class IExecSession
{
    public IExecSession(IExecConnection connection, IDiagnostics diagnostics)
    {
        Connection = connection;
        Diagnostics = diagnostics;
        Rpc = connection.Rpc.WithDiagnostics(diagnostics);
        Contracts = new ContractReader(Rpc, connection.ReadSupport, diagnostics);
        Logs = new HubLogs(Rpc, Address.Parse(connection.HubAddress));
        var scan = new LogScan(Rpc, Address.Parse(connection.HubAddress), connection.LogWidth, diagnostics);
        DealLogs = new DealLogs(Rpc, Address.Parse(connection.HubAddress), scan, connection.ReadSupport);
        Hub = new HubClient(Contracts, Address.Parse(connection.HubAddress), connection.ChainId, connection.HubFacts);
    }

    public IExecConnection Connection { get; }

    public IDiagnostics Diagnostics { get; }

    public JsonRpcClient Rpc { get; }

    /// <summary>Reads of any contract.</summary>
    public ContractReader Contracts { get; }

    /// <summary>Reads of the hub's log.</summary>
    public HubLogs Logs { get; }

    /// <summary>New deals in the hub's log.</summary>
    public DealLogs DealLogs { get; }

    /// <summary>Reads of the hub.</summary>
    public HubClient Hub { get; }
}
