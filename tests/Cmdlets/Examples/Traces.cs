namespace IExec.Tasks.CmdletTests.Examples;

/// <summary>The files and transactions that a script leaves behind.</summary>
/// <param name="Files">The new files in its folder, including partial ones.</param>
/// <param name="Transactions">How many transactions the requester sent.</param>
/// <param name="Claims">How many tasks were claimed.</param>
internal sealed record Traces(string[] Files, long Transactions, int Claims);
