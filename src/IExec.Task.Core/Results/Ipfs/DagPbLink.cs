namespace IExec.Tasks.Results.Ipfs;

/// <summary>A link of a dag-pb node.</summary>
/// <param name="Target">The CID of the linked block.</param>
/// <param name="Name">The name of a directory's entry; empty in a file.</param>
internal readonly record struct DagPbLink(Cid Target, string Name);
