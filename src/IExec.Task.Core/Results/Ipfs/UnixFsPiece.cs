namespace IExec.Tasks.Results.Ipfs;

/// <summary>A node of a file that was built.</summary>
/// <param name="Cid">Its name.</param>
/// <param name="Size">How many bytes of the file are under it.</param>
/// <param name="DagSize">How many bytes all blocks under it have, itself included; what dag-pb calls Tsize.</param>
internal readonly record struct UnixFsPiece(Cid Cid, long Size, long DagSize);
