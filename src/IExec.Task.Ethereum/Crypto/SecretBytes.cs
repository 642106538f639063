using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace IExec.Tasks.Crypto;

/// <summary>
/// Bytes that are wiped when they are no longer needed: a key, the digits of a key, a password. The buffer is pinned, so that the garbage
/// collector makes no copies of it, and is cleared by <see cref="Dispose"/>, or else by the finalizer.
/// No public member returns the bytes. The buffer can still get into a swap file or a crash dump.
/// </summary>
public sealed class SecretBytes : IDisposable
{
    private readonly byte[] _bytes;
    private GCHandle _pin;
    private int _isDisposed;

    /// <summary>Copies bytes. The caller wipes its own.</summary>
    /// <param name="source">The bytes, or text in UTF-8.</param>
    public SecretBytes(byte[] source)
        : this(source.Length) => Buffer.BlockCopy(source, 0, _bytes, 0, source.Length);

    internal SecretBytes(int length)
    {
        _bytes = new byte[length];
        _pin = GCHandle.Alloc(_bytes, GCHandleType.Pinned);
    }

    /// <summary>Wipes the bytes if they were not disposed of.</summary>
    ~SecretBytes() => Wipe();

    /// <summary>The buffer itself, not a copy.</summary>
    /// <exception cref="ObjectDisposedException">The bytes are wiped.</exception>
    internal byte[] Bytes => Volatile.Read(ref _isDisposed) == 0 ? _bytes : throw new ObjectDisposedException(nameof(SecretBytes));

    internal int Length => Bytes.Length;

    /// <summary>Converts text in unmanaged memory, such as that of <c>Marshal.SecureStringToGlobalAllocUnicode</c>, to UTF-8.</summary>
    /// <param name="characters">The address of the UTF-16 text. The caller wipes and frees it.</param>
    /// <param name="count">How many UTF-16 code units it has.</param>
    public static unsafe SecretBytes FromUtf16(IntPtr characters, int count)
    {
        if (count == 0)
            return new SecretBytes(0);

        var source = (char*)characters;
        var secret = new SecretBytes(Encoding.UTF8.GetByteCount(source, count));
        fixed (byte* target = secret._bytes)
            Encoding.UTF8.GetBytes(source, count, target, secret._bytes.Length);
        return secret;
    }

    /// <summary>Wipes the bytes.</summary>
    public void Dispose()
    {
        Wipe();
        GC.SuppressFinalize(this);
    }

    /// <summary>The type's name, never the bytes.</summary>
    public override string ToString() => nameof(SecretBytes);

    /// <summary>The text in another Unicode form; null when it is in that form already. The strings that this needs are wiped.</summary>
    internal unsafe SecretBytes? Normalize(Func<string, string> normalize)
    {
        if (Array.TrueForAll(Bytes, static unit => unit < 0x80))
            return null;

        var text = Encoding.UTF8.GetString(Bytes);
        var normalized = normalize(text);
        fixed (char* source = text)
        fixed (char* target = normalized)
        {
            var result = string.Equals(text, normalized, StringComparison.Ordinal) ? null : FromUtf16((IntPtr)target, normalized.Length);
            new Span<char>(source, text.Length).Clear();
            new Span<char>(target, normalized.Length).Clear();
            return result;
        }
    }

    internal SecretBytes Copy() => new(Bytes);

    private void Wipe()
    {
        if (_bytes is null || Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        Array.Clear(_bytes, 0, _bytes.Length);
        _pin.Free();
    }
}
