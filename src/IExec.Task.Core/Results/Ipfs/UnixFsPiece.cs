namespace IExec.Tasks.Results.Ipfs;

/// <summary>A node of a file that was built.</summary>
/// <param name="Cid">Its CID.</param>
/// <param name="Size">The bytes of the file under it.</param>
/// <param name="DagSize">The bytes of all blocks under it and of itself: Tsize in dag-pb.</param>
internal readonly record struct UnixFsPiece(Cid Cid, long Size, long DagSize);
