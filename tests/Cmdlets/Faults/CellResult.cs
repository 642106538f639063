namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>What came of a cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="ErrorId">The error that the command ended with; null when it survived.</param>
/// <param name="Problem">What is wrong with that; null when nothing is.</param>
internal sealed record CellResult(Cell Cell, string? ErrorId, string? Problem);
