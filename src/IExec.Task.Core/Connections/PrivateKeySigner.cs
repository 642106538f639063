using System;
using IExec.Tasks.Crypto;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Connections;

/// <summary>Signs with a private key in memory; disposing wipes it.</summary>
internal sealed class PrivateKeySigner(PrivateKey key) : ISigner
{
    public Address Address { get; } = new(key.Address);

    public RecoverableSignature Sign(Bytes32 digest)
    {
        try
        {
            return key.Sign(digest.ToArray());
        }
        catch (ObjectDisposedException exception)
        {
            throw new IExecException(IExecErrorId.SignerRequired, $"The key of {Address} was wiped when its connection was closed.", innerException: exception);
        }
    }

    public void Dispose() => key.Dispose();
}
