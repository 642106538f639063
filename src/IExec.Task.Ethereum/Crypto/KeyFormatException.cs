using System;

namespace IExec.Tasks.Crypto;

/// <summary>A key, or the file it is kept in, that cannot be used. The message says why and never holds a part of the key.</summary>
/// <param name="message">Why, as a sentence.</param>
/// <param name="innerException">What caused it.</param>
public sealed class KeyFormatException(string message, Exception? innerException = null) : FormatException(message, innerException);
