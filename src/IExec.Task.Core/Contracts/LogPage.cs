using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>The events of a range of blocks.</summary>
/// <param name="Blocks">The blocks.</param>
/// <param name="Logs">The events, as the node returned them.</param>
internal sealed record LogPage(BlockRange Blocks, IReadOnlyList<JsonElement> Logs)
{
    /// <summary>The error for a response with anything other than the requested events.</summary>
    public static IExecException Unreadable(string method, AbiFormatException exception) =>
        new(IExecErrorId.RpcError, $"The RPC node's answer to {method} cannot be read: {exception.Message}", null, exception);

    /// <summary>Decodes the events.</summary>
    /// <param name="decode">Decodes one; throws AbiFormatException when it was not requested.</param>
    /// <param name="blockOf">Gets the block of one.</param>
    /// <exception cref="IExecException">RpcError: one of them is malformed or was not requested.</exception>
    public T[] Read<T>(Func<JsonElement, T> decode, Func<T, long> blockOf)
    {
        try
        {
            T[] read = [.. Logs.Select(decode)];
            return Array.TrueForAll(read, item => Blocks.Contains(blockOf(item))) ? read : throw new AbiFormatException("it holds an event of a block that was not asked for.");
        }
        catch (AbiFormatException exception)
        {
            throw Unreadable("eth_getLogs", exception);
        }
    }
}
