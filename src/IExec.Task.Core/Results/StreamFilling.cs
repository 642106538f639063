using System.IO;

namespace IExec.Tasks.Results;

/// <summary>Reading until a buffer is full; a stream may give less at a time than it has.</summary>
internal static class StreamFilling
{
    /// <summary>Fills the buffer as far as the stream has content, and returns the number of bytes: fewer than the buffer takes only at the stream's end.</summary>
    public static int Fill(this Stream stream, byte[] buffer)
    {
        var count = 0;
        for (int read; count < buffer.Length && (read = stream.Read(buffer, count, buffer.Length - count)) > 0;)
            count += read;
        return count;
    }
}
