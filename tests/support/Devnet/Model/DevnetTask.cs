namespace IExec.Tasks.Devnet;

/// <summary>A task.</summary>
/// <param name="TaskId">keccak256(deal id, index).</param>
/// <param name="DealId">Its deal.</param>
/// <param name="Index">Its index in the request order.</param>
/// <param name="State">How far it got: unset, active, contributed, revealing, revealed, completed, failedFromActive, failedFromRevealing.</param>
/// <param name="Results">The text that <c>results</c> holds once it is completed.</param>
/// <param name="CallbackData">What <c>resultsCallback</c> holds once it is completed, 0x hex.</param>
/// <param name="Digest">The <c>resultDigest</c> that workers reveal.</param>
public sealed record DevnetTask(string TaskId, string DealId, int Index, string State, string Results, string CallbackData, string Digest);
