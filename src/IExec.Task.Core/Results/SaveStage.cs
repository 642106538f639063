namespace IExec.Tasks.Results;

/// <summary>The stages of saving a result.</summary>
internal enum SaveStage
{
    /// <summary>It is downloaded.</summary>
    Downloading,

    /// <summary>It is decrypted.</summary>
    Decrypting,

    /// <summary>Its output is compared with the digest, or, if it was downloaded without its blocks, the file with its CID.</summary>
    Verifying,

    /// <summary>Its files are written.</summary>
    Expanding,
}
