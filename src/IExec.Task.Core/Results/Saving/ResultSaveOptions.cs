using IExec.Tasks.Crypto;

namespace IExec.Tasks.Results.Saving;

/// <summary>The options for saving results.</summary>
internal sealed record ResultSaveOptions
{
    /// <summary>The default maximum length of a result, expanded or not: 10 GiB.</summary>
    public const long DefaultMaximumLength = 10_240L * 1024 * 1024;

    /// <summary>The full path to save to: a file, or a folder to put a file named after the task into.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the user named that path. Callback bytes are only written to a path that the user named.</summary>
    public bool IsPathGiven { get; init; } = true;

    /// <summary>Whether to expand the archive into a folder named after the task, below the path.</summary>
    public bool Expand { get; init; }

    /// <summary>Whether to replace what exists.</summary>
    public bool Force { get; init; }

    /// <summary>Whether to download the plain file without verification, and to keep it if it does not match the digest.</summary>
    public bool SkipVerification { get; init; }

    /// <summary>Whether to write a provenance file beside the result.</summary>
    public bool Provenance { get; init; }

    /// <summary>The maximum length of the result, and of what it expands to, in bytes.</summary>
    public long MaximumLength { get; init; } = DefaultMaximumLength;

    /// <summary>The key of the deal's beneficiary; null to leave an encrypted result as it is.</summary>
    public BeneficiaryKey? BeneficiaryKey { get; init; }
}
