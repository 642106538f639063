namespace IExec.Tasks.Results;

/// <summary>What is being done for a result.</summary>
internal enum ResultStage
{
    /// <summary>Its bytes come in.</summary>
    Downloading,

    /// <summary>A file fetched without its blocks is checked against its CID.</summary>
    Verifying,

    /// <summary>It is decrypted.</summary>
    Decrypting,

    /// <summary>Its deterministic output is hashed.</summary>
    Proving,

    /// <summary>Its files are written out.</summary>
    Expanding,
}
