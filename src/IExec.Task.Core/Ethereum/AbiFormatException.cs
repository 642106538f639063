using System;

namespace IExec.Tasks.Ethereum;

/// <summary>Data from the chain is not the ABI encoding of what the contract returns. Callers turn it into an error that names the call.</summary>
internal sealed class AbiFormatException(string message) : FormatException(message);
