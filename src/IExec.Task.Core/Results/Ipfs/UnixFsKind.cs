namespace IExec.Tasks.Results.Ipfs;

/// <summary>What a UnixFS node is.</summary>
internal enum UnixFsKind
{
    /// <summary>A piece of a file.</summary>
    Raw = 0,

    /// <summary>A directory whose entries are the node's links.</summary>
    Directory = 1,

    /// <summary>A file, or a piece of one.</summary>
    File = 2,

    /// <summary>Metadata; not in use.</summary>
    Metadata = 3,

    /// <summary>A symbolic link.</summary>
    Symlink = 4,

    /// <summary>A directory spread over many nodes by its entries' hashes.</summary>
    HamtShard = 5,
}
