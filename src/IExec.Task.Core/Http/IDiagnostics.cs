namespace IExec.Tasks.Http;

/// <summary>
/// Where the core says what it does. One sink belongs to one caller; it is called from any thread, and never with a secret.
/// </summary>
internal interface IDiagnostics
{
    /// <summary>What is done, and what goes wrong without being an error yet: retries, another node, timings.</summary>
    void Verbose(string message);

    /// <summary>Facts of the wire: each exchange with its status, size and time.</summary>
    void Debug(string message);
}
