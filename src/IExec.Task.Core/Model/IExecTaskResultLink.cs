namespace IExec.Tasks;

/// <summary>
/// The location of the result: the task's <c>results</c> bytes, which should be the JSON object
/// <c>{ "storage": "…", "location": "…" }</c>. A worker wrote it, so it is not trusted.
/// </summary>
public sealed class IExecTaskResultLink
{
    /// <summary>No result is named.</summary>
    internal static readonly IExecTaskResultLink None = new("none", null, null);

    internal IExecTaskResultLink(string storage, string? location, string? text)
    {
        Storage = storage;
        Location = location;
        Text = text;
    }

    /// <summary><c>ipfs</c>, <c>dropbox</c>, <c>ethereum</c> (callback) or another provider's name; <c>none</c> when the task names no storage.</summary>
    public string Storage { get; }

    /// <summary>The location in the storage, such as <c>/ipfs/Qm…</c>; null when the task names none.</summary>
    public string? Location { get; }

    /// <summary>The bytes as text; null when there are none or they are not UTF-8.</summary>
    public string? Text { get; }

    /// <summary>The location, or the storage where there is no location.</summary>
    public override string ToString() => Location ?? Storage;
}
