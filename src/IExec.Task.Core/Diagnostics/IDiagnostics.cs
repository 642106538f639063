using System;
using System.Numerics;
using System.Threading.Tasks;

namespace IExec.Tasks.Diagnostics;

/// <summary>
/// Where the core says what it does. One sink belongs to one caller; it is called from any thread, and never with a secret.
/// </summary>
internal interface IDiagnostics
{
    /// <summary>What is done, and what goes wrong without being an error yet: retries, another node, timings.</summary>
    void Verbose(string message);

    /// <summary>
    /// Warns the user, and completes once the warning is written: what must not happen untold comes after. Cancelled when the user stops the
    /// command instead; another exception means that the user wants it to end here.
    /// </summary>
    Task WarnAsync(string message);

    /// <summary>Facts of the wire: each exchange with its status, size, time and the beginning of what was said.</summary>
    void Debug(string message);

    /// <summary>A request to a node or a service leaves.</summary>
    void CountRequest();

    /// <summary>The chain was read as it is after a block.</summary>
    /// <param name="timestamp">The block's time.</param>
    /// <param name="number">Its number; null where the answer tells the time only.</param>
    void SeeBlock(DateTimeOffset timestamp, BigInteger? number);
}
