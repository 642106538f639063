using System;
using IExec.Tasks.Crypto;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Connections;

/// <summary>Signs for one account. What is signed is decided by the code that builds the digest, never by a service.</summary>
internal interface ISigner : IDisposable
{
    /// <summary>The account.</summary>
    Address Address { get; }

    /// <summary>Signs a digest: RFC 6979, with the smaller s.</summary>
    /// <exception cref="IExecException">SignerRequired: the key was wiped.</exception>
    RecoverableSignature Sign(Bytes32 digest);
}
