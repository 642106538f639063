namespace IExec.Tasks.Results.Ipfs;

/// <summary>An entry of a directory that is built.</summary>
/// <param name="Name">The entry's name.</param>
/// <param name="Piece">What it leads to.</param>
internal readonly record struct UnixFsEntry(string Name, UnixFsPiece Piece);
