using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <content>The actions of workers and the scheduler. Each completes when its transaction is in a block, and throws if it failed.</content>
public sealed partial class DevnetChain
{
    private const int TasksPerTransaction = 100;
    private const string Nobody = "0x0000000000000000000000000000000000000000";

    /// <summary>UNSET → ACTIVE.</summary>
    public Task InitializeAsync(string dealId, int index) =>
        SendToHubAsync(State.Accounts.Anyone, "initialize(bytes32,uint256)", Abi.Word(dealId), Abi.Number(index));

    /// <summary>UNSET → ACTIVE for many, a hundred in a transaction.</summary>
    public async Task InitializeAsync(string dealId, IEnumerable<int> indexes)
    {
        foreach (var chunk in indexes.Chunk(TasksPerTransaction))
        {
            await SendToHubAsync(
                State.Accounts.Anyone,
                "initializeArray(bytes32[],uint256[])",
                Abi.Array(chunk.Select(_ => Abi.Word(dealId))),
                Abi.Array(chunk.Select(index => Abi.Number(index))));
        }
    }

    /// <summary>A worker commits to a result. With trust 1, the first contribution makes the consensus: ACTIVE → REVEALING.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="digest">The result digest, 32 bytes.</param>
    /// <param name="worker">Worker1 if not given.</param>
    public async Task ContributeAsync(string taskId, string digest, DevnetAccount? worker = null)
    {
        worker ??= State.Accounts.Worker1;
        var authorization = await KeccakAsync(worker.Address, taskId, Nobody);
        var signature = (await SendAsync("eth_sign", State.Accounts.Scheduler.Address, authorization)).GetString()!;
        await SendToHubAsync(
            worker,
            "contribute(bytes32,bytes32,bytes32,address,bytes,bytes)",
            Abi.Word(taskId),
            Abi.Word(await KeccakAsync(taskId, digest)),
            Abi.Word(await KeccakAsync(worker.Address, taskId, digest)),
            Abi.Word(Nobody),
            Abi.Bytes("0x"),
            Abi.Bytes(signature));
    }

    /// <summary>A worker reveals the digest that it committed to.</summary>
    public Task RevealAsync(string taskId, string digest, DevnetAccount? worker = null) =>
        SendToHubAsync(worker ?? State.Accounts.Worker1, "reveal(bytes32,bytes32)", Abi.Word(taskId), Abi.Word(digest));

    /// <summary>REVEALING → ACTIVE; only once the reveal deadline has passed without a reveal.</summary>
    public Task ReopenAsync(string taskId) => SendToHubAsync(State.Accounts.Scheduler, "reopen(bytes32)", Abi.Word(taskId));

    /// <summary>REVEALING → COMPLETED, once all winners have revealed.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="results">The text of <c>results</c>, such as <c>{ "storage": "ipfs", "location": "/ipfs/Qm…" }</c>.</param>
    /// <param name="callbackData">0x hex whose Keccak is the digest; needed for the tasks of a callback deal.</param>
    public Task FinalizeAsync(string taskId, string results = "", string callbackData = "0x") =>
        SendToHubAsync(State.Accounts.Scheduler, "finalize(bytes32,bytes,bytes)", Abi.Word(taskId), Abi.Text(results), Abi.Bytes(callbackData));

    /// <summary>ACTIVE or REVEALING → FAILED, once the final deadline has passed.</summary>
    public Task<JsonElement> ClaimAsync(string taskId) => SendToHubAsync(State.Accounts.Anyone, "claim(bytes32)", Abi.Word(taskId));

    /// <summary>Publishes a workerpool's API in ENS (Bellecour only).</summary>
    /// <param name="workerpool">Its name in <see cref="DevnetState.Workerpools"/>; it must have an ENS name.</param>
    /// <param name="url">Any text.</param>
    public async Task SetWorkerpoolApiUrlAsync(string workerpool, string url)
    {
        var node = State.Workerpools[workerpool].EnsNode ?? throw new InvalidOperationException($"{workerpool} has no ENS name here.");
        await SendToAsync(
            State.Contracts.EnsPublicResolver!,
            State.Accounts.Scheduler,
            "setText(bytes32,string,string)",
            Abi.Word(node),
            Abi.Text("iexec:workerpool-api:url"),
            Abi.Text(url));
    }
}
