namespace IExec.Tasks.Devnet;

/// <summary>An encoded value of the contract ABI.</summary>
/// <param name="Data">A multiple of 32 bytes.</param>
/// <param name="IsDynamic">Whether the head holds an offset to it instead of itself.</param>
internal readonly record struct AbiValue(byte[] Data, bool IsDynamic);
