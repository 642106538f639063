namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>The outcome of a cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="ErrorId">The error that the command ended with; null when it succeeded.</param>
/// <param name="Problem">What is wrong with the outcome; null when nothing is.</param>
internal sealed record CellResult(Cell Cell, string? ErrorId, string? Problem);
