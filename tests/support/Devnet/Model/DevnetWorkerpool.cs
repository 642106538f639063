namespace IExec.Tasks.Devnet;

/// <summary>A workerpool.</summary>
/// <param name="Address">EIP-55.</param>
/// <param name="EnsName">Its reverse-resolved name; null if it has none.</param>
/// <param name="EnsNode">The name's namehash.</param>
public sealed record DevnetWorkerpool(string Address, string? EnsName = null, string? EnsNode = null);
