namespace IExec.Tasks.Results;

/// <summary>What is being done for a result.</summary>
internal enum SaveStage
{
    /// <summary>Its content arrives.</summary>
    Downloading,

    /// <summary>It is decrypted.</summary>
    Decrypting,

    /// <summary>It is compared with its CID, when it came without its blocks, or its output with the digest.</summary>
    Verifying,

    /// <summary>Its files are written.</summary>
    Expanding,
}
