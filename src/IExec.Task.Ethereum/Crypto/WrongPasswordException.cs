using System;

namespace IExec.Tasks.Crypto;

/// <summary>A password that does not open a key file, or a missing one.</summary>
/// <param name="message">Which of the two, as a sentence.</param>
/// <param name="innerException">What caused it.</param>
public sealed class WrongPasswordException(string message, Exception? innerException = null) : Exception(message, innerException);
