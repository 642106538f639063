using System;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>A source of blocks cannot go on, though nothing it delivered was wrong: the blocks may be had in another way.</summary>
/// <param name="message">Why, as a sentence.</param>
/// <param name="innerException">What caused it.</param>
#pragma warning disable CA1064 // never leaves the assembly
internal sealed class BlockSourceException(string message, Exception? innerException = null) : Exception(message, innerException);
#pragma warning restore CA1064
