using IExec.Tasks.Crypto;

namespace IExec.Tasks.Results.Saving;

/// <summary>How results are saved.</summary>
internal sealed record ResultSaveOptions
{
    /// <summary>The most bytes that a result may have, expanded or not, unless the user says otherwise: 10 GiB.</summary>
    public const long DefaultMaximumLength = 10_240L * 1024 * 1024;

    /// <summary>The full path to save to: a file, or a folder to put a file named after the task into.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the user named that path. Callback bytes are written only where the user says.</summary>
    public bool IsPathGiven { get; init; } = true;

    /// <summary>Whether to expand the archive into a folder named after the task, below the path.</summary>
    public bool Expand { get; init; }

    /// <summary>Whether to replace what exists.</summary>
    public bool Force { get; init; }

    /// <summary>Whether to take the plain file as it comes, and to keep it whatever the digest says.</summary>
    public bool SkipVerification { get; init; }

    /// <summary>Whether to write down beside the result what it is and what was verified.</summary>
    public bool Provenance { get; init; }

    /// <summary>The most bytes that the result may have, and that it may expand to.</summary>
    public long MaximumLength { get; init; } = DefaultMaximumLength;

    /// <summary>The key of the deal's beneficiary; null to leave an encrypted result as it is.</summary>
    public BeneficiaryKey? BeneficiaryKey { get; init; }
}
