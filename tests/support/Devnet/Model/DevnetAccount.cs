namespace IExec.Tasks.Devnet;

/// <summary>An account with its key, which is public knowledge and worthless.</summary>
/// <param name="Address">EIP-55.</param>
/// <param name="PrivateKey">32 bytes of hex.</param>
public sealed record DevnetAccount(string Address, string PrivateKey);
