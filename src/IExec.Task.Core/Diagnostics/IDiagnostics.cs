using System;
using System.Numerics;
using System.Threading.Tasks;

namespace IExec.Tasks.Diagnostics;

/// <summary>
/// Receives the core's messages for one caller. It is called from any thread, and never with a secret.
/// </summary>
internal interface IDiagnostics
{
    /// <summary>What is done, and failures that are not an error yet: retries, failover.</summary>
    void Verbose(string message);

    /// <summary>
    /// Warns the user, and completes once the warning is written, so that it comes before what it warns of. Cancelled when the user stops the
    /// command; any other exception means that the user wants to end it here.
    /// </summary>
    Task WarnAsync(string message);

    /// <summary>Each exchange with its status, size, time and the beginning of request and response.</summary>
    void Debug(string message);

    /// <summary>A request to a node or a service is sent.</summary>
    void CountRequest();

    /// <summary>The chain was read as of a block.</summary>
    /// <param name="timestamp">The block's time.</param>
    /// <param name="number">Its number; null where only the time is known.</param>
    void SeeBlock(DateTimeOffset timestamp, BigInteger? number);
}
