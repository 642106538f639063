using System.Text;

namespace IExec.Tasks.Transport.Http;

/// <summary>
/// Removes byte order marks from JSON: of key files, nodes, schedulers, Compass and archives. JSON is UTF-8 without a mark (RFC 8259),
/// but editors and shells on Windows write one, or UTF-16 with one.
/// </summary>
internal static class JsonText
{
    /// <summary>The text in UTF-8 without a byte order mark; the same array if nothing has to change.</summary>
    public static byte[] ToUtf8(byte[] text) => text switch
    {
        [0xef, 0xbb, 0xbf, ..] => Convert(text, Encoding.UTF8, 3),
        [0xff, 0xfe, ..] => Convert(text, Encoding.Unicode, 2),
        [0xfe, 0xff, ..] => Convert(text, Encoding.BigEndianUnicode, 2),
        _ => text,
    };

    private static byte[] Convert(byte[] text, Encoding encoding, int start) => Encoding.Convert(encoding, Encoding.UTF8, text, start, text.Length - start);
}
