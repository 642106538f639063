using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace IExec.Tasks.Ethereum;

/// <summary>
/// Decodes an ABI tuple (the return values of a call are one, too) field by field from untrusted data. Every offset and length is checked
/// before it is used, and nothing is allocated for a length beyond the data. Offsets are relative to the tuple's start, as in the contract
/// ABI specification.
/// </summary>
/// <remarks>
/// A tuple is a head of 32-byte words, one for each field of the types read here, and a tail. The word of a static field is its value; that of
/// a dynamic field (<c>bytes</c>, <c>string</c>, an array or a dynamic tuple) is the offset of its content in the tail, where the content of the
/// first three begins with its length.
/// </remarks>
internal ref struct AbiReader
{
    private const int WordSize = 32;

    /// <summary>9999-12-31T23:59:59Z, the last second of a <see cref="DateTimeOffset"/>.</summary>
    private const ulong LastUnixSecond = 253_402_300_799;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _tuple;
    private int _head;

    /// <param name="tuple">The data from the first word of the tuple to the end.</param>
    public AbiReader(ReadOnlySpan<byte> tuple)
    {
        _tuple = tuple;
        _head = 0;
    }

    public Bytes32 ReadBytes32() => new(ReadWord());

    public Address ReadAddress() => ToAddress(ReadWord());

    public bool ReadBoolean() => ReadSmall(1) == 1;

    public byte ReadUInt8() => (byte)ReadSmall(byte.MaxValue);

    /// <summary>Reads a uint256 that must be less than 2^64.</summary>
    public ulong ReadUInt64() => ReadSmall(ulong.MaxValue);

    /// <summary>Reads a uint256 that is a count or an index.</summary>
    public long ReadCount() => (long)ReadSmall(long.MaxValue);

    /// <summary>Reads a uint256 of seconds.</summary>
    public TimeSpan ReadDuration() => TimeSpan.FromTicks(checked((long)ReadSmall(long.MaxValue / TimeSpan.TicksPerSecond) * TimeSpan.TicksPerSecond));

    /// <summary>Reads a uint256 of seconds since 1970.</summary>
    public DateTimeOffset ReadUnixTime() => DateTimeOffset.FromUnixTimeSeconds((long)ReadSmall(LastUnixSecond));

    public BigInteger ReadUInt256()
    {
        var word = ReadWord();
        return IsZero(word.Slice(0, 24)) ? BinaryPrimitives.ReadUInt64BigEndian(word.Slice(24)) : UInt256.FromBigEndian(word);
    }

    /// <summary>Reads a dynamic <c>bytes</c>: a slice of the data, not a copy.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var tail = ReadTail();
        var length = tail.ReadSmall(ulong.MaxValue);
        var rest = tail.Rest;
        if (length > (ulong)rest.Length)
            throw new AbiFormatException("A length points past the end of the data.");
        return rest.Slice(0, (int)length);
    }

    public string ReadString()
    {
        try
        {
            return StrictUtf8.GetString(ReadBytes());
        }
        catch (DecoderFallbackException)
        {
            throw new AbiFormatException("A string is not UTF-8.");
        }
    }

    /// <summary>Reads the offset of a dynamic tuple, and returns the reader of its fields.</summary>
    public AbiReader ReadTuple() => new(ReadTail()._tuple);

    /// <summary>Reads the offset of an array, and returns the reader of its elements.</summary>
    /// <param name="wordsPerElement">How many words of the head an element takes: 1 for a dynamic type, else its size.</param>
    /// <param name="count">The number of elements. The data contains the heads of all of them.</param>
    public AbiReader ReadArray(int wordsPerElement, out int count)
    {
        var tail = ReadTail();
        var length = tail.ReadSmall(ulong.MaxValue);
        var elements = tail.Rest;
        if (length > (ulong)(elements.Length / (WordSize * wordsPerElement)))
            throw new AbiFormatException("An array is longer than the data.");
        count = (int)length;
        return new AbiReader(elements);
    }

    public Address[] ReadAddresses()
    {
        var elements = ReadArray(1, out var count);
        if (count == 0)
            return [];
        var addresses = new Address[count];
        for (var i = 0; i < addresses.Length; i++)
            addresses[i] = elements.ReadAddress();
        return addresses;
    }

    /// <summary>Skips words of the head.</summary>
    public void Skip(int words)
    {
        for (var i = 0; i < words; i++)
            ReadWord();
    }

    private readonly ReadOnlySpan<byte> Rest => _tuple.Slice(_head);

    private AbiReader ReadTail()
    {
        var offset = ReadSmall(ulong.MaxValue);
        if (offset > (ulong)_tuple.Length)
            throw new AbiFormatException("An offset points past the end of the data.");
        return new AbiReader(_tuple.Slice((int)offset));
    }

    private ReadOnlySpan<byte> ReadWord()
    {
        if (_tuple.Length - _head < WordSize)
            throw new AbiFormatException("The data ends too early.");
        var word = _tuple.Slice(_head, WordSize);
        _head += WordSize;
        return word;
    }

    private ulong ReadSmall(ulong maximum)
    {
        var word = ReadWord();
        var value = BinaryPrimitives.ReadUInt64BigEndian(word.Slice(24));
        if (value > maximum || !IsZero(word.Slice(0, 24)))
            throw new AbiFormatException("A number is larger than its type or its meaning allows.");
        return value;
    }

    private static Address ToAddress(ReadOnlySpan<byte> word)
    {
        if (!IsZero(word.Slice(0, WordSize - Address.Size)))
            throw new AbiFormatException("An address has more than 20 bytes.");
        return new Address(word.Slice(WordSize - Address.Size));
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value != 0)
                return false;
        }

        return true;
    }
}
