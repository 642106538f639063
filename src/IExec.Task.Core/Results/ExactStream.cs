using System;
using System.IO;

namespace IExec.Tasks.Results;

/// <summary>A part of a stream, of known length and from the stream's position on. A read fails when the stream has fewer bytes, or more where nothing else may follow.</summary>
/// <param name="inner">The stream.</param>
/// <param name="length">The length in bytes.</param>
/// <param name="name">What is read, for messages.</param>
/// <param name="leaveOpen">Whether other content follows in the inner stream, which then stays open.</param>
/// <param name="meter">Counts the bytes that are read; null for no progress.</param>
internal sealed class ExactStream(Stream inner, long length, string name, bool leaveOpen, TransferMeter? meter = null) : ForwardStream
{
    private long _left = length;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (count == 0)
            return 0;
        if (_left == 0)
            return leaveOpen || inner.Read(buffer, offset, 1) == 0 ? 0 : throw new InvalidDataException($"its entry '{name}' is longer than it says");

        var read = inner.Read(buffer, offset, (int)Math.Min(count, _left));
        if (read == 0)
            throw new InvalidDataException($"its entry '{name}' is shorter than it says");
        _left -= read;
        meter?.Add(read);
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
