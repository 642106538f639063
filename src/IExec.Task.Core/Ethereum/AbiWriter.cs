using System;
using System.Buffers.Binary;

namespace IExec.Tasks.Ethereum;

/// <summary>
/// Encodes the calldata of one call: the selector, a head of one word for every argument, and then the dynamic arguments. Arguments
/// are added in order.
/// </summary>
internal sealed class AbiWriter
{
    private const int SelectorSize = 4;
    private const int WordSize = 32;

    private byte[] _buffer;
    private int _length;
    private int _start;
    private int _head;

    /// <param name="selector">The first four bytes of the Keccak-256 of the function's signature.</param>
    /// <param name="arguments">The number of arguments, each of which takes one word of the head.</param>
    public AbiWriter(uint selector, int arguments)
    {
        _buffer = new byte[SelectorSize + (WordSize * arguments)];
        BinaryPrimitives.WriteUInt32BigEndian(_buffer, selector);
        _start = _head = SelectorSize;
        _length = _buffer.Length;
    }

    /// <summary>The calldata of a function whose only argument is one <c>bytes32</c>.</summary>
    public static byte[] Call(uint selector, Bytes32 argument) => new AbiWriter(selector, 1).Add(argument).ToArray();

    public AbiWriter Add(Bytes32 value)
    {
        value.CopyTo(NextHead());
        return this;
    }

    public AbiWriter Add(Address value)
    {
        value.CopyTo(NextHead().Slice(WordSize - Address.Size));
        return this;
    }

    public AbiWriter Add(bool value) => Add(value ? 1UL : 0UL);

    public AbiWriter Add(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(NextHead().Slice(WordSize - sizeof(ulong)), value);
        return this;
    }

    /// <summary>Adds a dynamic <c>bytes</c>.</summary>
    public AbiWriter AddBytes(ReadOnlySpan<byte> value)
    {
        AddOffset();
        AppendWord((ulong)value.Length);
        var padded = checked(value.Length + WordSize - 1) / WordSize * WordSize;
        value.CopyTo(Append(padded));
        return this;
    }

    /// <summary>Adds an array of dynamic tuples.</summary>
    /// <param name="count">The number of tuples.</param>
    /// <param name="fields">The number of fields of each.</param>
    /// <param name="addFields">Adds the fields of the tuple with this index to this writer.</param>
    public AbiWriter AddTuples(int count, int fields, Action<AbiWriter, int> addFields)
    {
        AddOffset();
        AppendWord((ulong)count);
        var (start, head) = (_start, _head);
        var elements = _length;
        Append(WordSize * count);
        for (var i = 0; i < count; i++)
        {
            (_start, _head) = (elements, elements + (WordSize * i));
            AddOffset();
            _start = _head = _length;
            Append(WordSize * fields);
            addFields(this, i);
        }

        (_start, _head) = (start, head);
        return this;
    }

    /// <summary>The calldata; nothing can be added after this.</summary>
    public byte[] ToArray()
    {
        Array.Resize(ref _buffer, _length);
        return _buffer;
    }

    private void AddOffset() => Add((ulong)(_length - _start));

    private Span<byte> NextHead()
    {
        var word = _buffer.AsSpan(_head, WordSize);
        _head += WordSize;
        return word;
    }

    private void AppendWord(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Append(WordSize).Slice(WordSize - sizeof(ulong)), value);

    private Span<byte> Append(int count)
    {
        var start = _length;
        _length = checked(_length + count);
        if (_length > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_length, 2 * _buffer.Length));
        return _buffer.AsSpan(start, count);
    }
}
