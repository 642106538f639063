namespace IExec.Tasks.Ethereum;

/// <summary>A signed transaction. Sending it twice still results in one transaction.</summary>
internal sealed class SignedTransaction(byte[] raw)
{
    /// <summary>Its bytes, the same for every node.</summary>
    public byte[] Raw => raw;

    /// <summary>Its hash, known before it is sent.</summary>
    public Bytes32 Hash { get; } = Bytes32.Keccak(raw);
}
