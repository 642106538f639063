namespace IExec.Tasks.CmdletTests.Examples;

/// <summary>What a script leaves behind.</summary>
/// <param name="Files">The files that are new in the folder that it ran in, half done ones included.</param>
/// <param name="Transactions">How many transactions the requester sent.</param>
/// <param name="Claims">How many tasks were claimed.</param>
internal sealed record Traces(string[] Files, long Transactions, int Claims);
