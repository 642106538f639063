using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <content>Transactions from anvil's unlocked accounts, and Keccak from its <c>web3_sha3</c>, so that no crypto library is needed here.</content>
public sealed partial class DevnetChain
{
    private static readonly TimeSpan ReceiptTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Sends a transaction and waits for its block; with auto-mine off, a block is mined for it.</summary>
    /// <returns>The receipt.</returns>
    /// <exception cref="InvalidOperationException">The node refused it, or it failed in its block.</exception>
    public async Task<JsonElement> SendTransactionAsync(DevnetAccount from, string to, string data)
    {
        var gasPrice = Quantity(10 * _options.BaseFeePerGas); // the fee market may have moved up meanwhile
        var transaction = new { from = from.Address, to, data, gasPrice };
        var hash = (await SendAsync("eth_sendTransaction", transaction)).GetString()!;
        if (!_options.AutoMine && _options.BlockTime is null)
        {
            await MineAsync();
        }

        var receipt = await WaitForReceiptAsync(hash);
        return receipt.GetProperty("status").GetString() is "0x1"
            ? receipt
            : throw new InvalidOperationException($"The transaction {hash} failed in its block.");
    }

    private async Task<JsonElement> WaitForReceiptAsync(string hash)
    {
        var giveUp = DateTimeOffset.UtcNow + ReceiptTimeout;
        while (DateTimeOffset.UtcNow < giveUp)
        {
            var receipt = await SendAsync("eth_getTransactionReceipt", hash);
            if (receipt.ValueKind != JsonValueKind.Null)
            {
                return receipt;
            }

            await Task.Delay(2);
        }

        throw new TimeoutException($"No block took the transaction {hash}.");
    }

    private Task<JsonElement> SendToHubAsync(DevnetAccount from, string signature, params AbiValue[] values) =>
        SendToAsync(State.Contracts.Hub, from, signature, values);

    private async Task<JsonElement> SendToAsync(string contract, DevnetAccount from, string signature, params AbiValue[] values)
    {
        var selector = (await KeccakAsync(Abi.ToHex(signature)))[..10];
        return await SendTransactionAsync(from, contract, selector + Convert.ToHexStringLower(Abi.Encode(values)));
    }

    /// <summary>Keccak-256 of pieces of hex, one after the other.</summary>
    private async Task<string> KeccakAsync(params IEnumerable<string> pieces)
    {
        var bytes = string.Concat(pieces.Select(piece => piece.StartsWith("0x", StringComparison.Ordinal) ? piece[2..] : piece));
        return (await SendAsync("web3_sha3", "0x" + bytes)).GetString()!;
    }
}
