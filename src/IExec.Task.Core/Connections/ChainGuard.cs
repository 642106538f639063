using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Connections;

/// <summary>Checks, after an outage or other irregularity, that the node still serves the connection's chain.</summary>
internal sealed class ChainGuard(IExecSession session)
{
    /// <exception cref="IExecException">ChainMismatch: the node serves another chain, or one without the hub. Or what reading gives.</exception>
    public async Task EnsureSameChainAsync(CancellationToken cancellationToken)
    {
        var connection = session.Connection;
        var chainId = (await session.Rpc.SendAsync(new RpcRequest("eth_chainId"), cancellationToken).ConfigureAwait(false)).GetUInt64();
        if (chainId != (ulong)connection.ChainId)
            throw new IExecException(IExecErrorId.ChainMismatch, $"The RPC node now serves chain {chainId}; the connection was made for {connection.ChainId}.");
        var code = await session.Rpc.SendAsync(new RpcRequest("eth_getCode", session.Hub.Address, "latest"), cancellationToken).ConfigureAwait(false);
        if (code.GetHexBytes().Length == 0)
            throw new IExecException(IExecErrorId.ChainMismatch, $"The hub {connection.HubAddress} is no longer on the RPC node's chain.");
    }
}
