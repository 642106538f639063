using System;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>A source of blocks cannot deliver more, though nothing that it delivered was wrong: the blocks may be available in another way.</summary>
/// <param name="message">Why, as a sentence.</param>
/// <param name="innerException">The cause.</param>
#pragma warning disable CA1064 // never leaves the assembly
internal sealed class BlockSourceException(string message, Exception? innerException = null) : Exception(message, innerException);
#pragma warning restore CA1064
