namespace IExec.Tasks.Contracts;

/// <summary>An ENS name and a text record.</summary>
/// <param name="Name">The name, which resolves to the address.</param>
/// <param name="Text">The text record; null when the name has none.</param>
internal sealed record EnsRecord(string Name, string? Text);
