using System.IO;

namespace IExec.Tasks.Results;

/// <summary>Reads until a buffer is full; one read of a stream may return fewer bytes.</summary>
internal static class StreamFilling
{
    /// <summary>Fills the buffer and returns the number of bytes: fewer than its length only at the end of the stream.</summary>
    public static int Fill(this Stream stream, byte[] buffer)
    {
        var count = 0;
        for (int read; count < buffer.Length && (read = stream.Read(buffer, count, buffer.Length - count)) > 0;)
            count += read;
        return count;
    }
}
