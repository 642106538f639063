using System;

namespace IExec.Tasks.Ethereum;

/// <summary>Data from the chain is not a valid ABI encoding of the expected type. Callers turn it into an error that names the call.</summary>
internal sealed class AbiFormatException(string message) : FormatException(message);
