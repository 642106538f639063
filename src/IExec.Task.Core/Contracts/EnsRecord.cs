namespace IExec.Tasks.Contracts;

/// <summary>What ENS tells of an address.</summary>
/// <param name="Name">The name that it goes by, which leads back to it.</param>
/// <param name="Text">The name's text record that was asked for; null when it has none.</param>
internal sealed record EnsRecord(string Name, string? Text);
