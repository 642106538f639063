using System;

namespace IExec.Tasks.Crypto;

/// <summary>An encrypted result that could not be decrypted. Plaintext that was already written must be discarded.</summary>
/// <param name="failure">Why.</param>
/// <param name="message">Why, as a sentence.</param>
/// <param name="innerException">What caused it.</param>
public sealed class ResultDecryptionException(ResultDecryptionFailure failure, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Why.</summary>
    public ResultDecryptionFailure Failure { get; } = failure;
}
