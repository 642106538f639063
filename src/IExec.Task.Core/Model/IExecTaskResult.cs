namespace IExec.Tasks;

/// <summary>A saved result, and what was verified.</summary>
public sealed class IExecTaskResult
{
    internal IExecTaskResult()
    {
    }

    /// <summary>The task's id.</summary>
    public string TaskId { get; internal init; } = "";

    /// <summary>The full path of the file, or of the folder that the archive was expanded to.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>The file's length in bytes; for an expanded archive, the length of all its files.</summary>
    public long Length { get; internal init; }

    /// <summary>Where the result came from: <c>ipfs</c>, or <c>ethereum</c> for callback bytes that are kept on the chain itself.</summary>
    public string Storage { get; internal init; } = "";

    /// <summary>The location in the storage, such as <c>/ipfs/Qm…</c>, as the task names it; null for callback bytes.</summary>
    public string? Location { get; internal init; }

    /// <summary>The CID that the location begins with; null for callback bytes.</summary>
    public string? Cid { get; internal init; }

    /// <summary>Whether the result is encrypted for the deal's beneficiary.</summary>
    public bool IsEncrypted { get; internal init; }

    /// <summary>Whether it was decrypted while it was saved. If not, an encrypted result is still encrypted at <see cref="Path"/>.</summary>
    public bool IsDecrypted { get; internal init; }

    /// <summary>Whether the downloaded content matches its CID; null when that could not be checked.</summary>
    public bool? CidVerified { get; internal init; }

    /// <summary>
    /// Whether the archive's deterministic output is what the workers agreed on; null when that could not be checked.
    /// Only that output is covered: the rest of the archive is verified by the CID alone.
    /// </summary>
    public bool? DigestVerified { get; internal init; }

    /// <summary>Why a check failed or was not possible; null when everything was verified.</summary>
    public string? Reason { get; internal init; }

    /// <summary>The full path of the provenance file; null when none was asked for.</summary>
    public string? ProvenancePath { get; internal init; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
