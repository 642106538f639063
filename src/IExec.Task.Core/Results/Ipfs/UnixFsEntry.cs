namespace IExec.Tasks.Results.Ipfs;

/// <summary>An entry of a directory that is built.</summary>
/// <param name="Name">The entry's name.</param>
/// <param name="Piece">The root of its content.</param>
internal readonly record struct UnixFsEntry(string Name, UnixFsPiece Piece);
