using System;
using System.Numerics;

namespace IExec.Tasks.Fakes;

/// <summary>
/// Reads Recursive Length Prefix as a node does: anything but the canonical encoding is rejected. Written from the yellow paper's
/// appendix B, independently of the writer that it checks.
/// </summary>
public ref struct RlpReader(ReadOnlySpan<byte> items)
{
    private ReadOnlySpan<byte> _rest = items;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte[] ReadBytes()
    {
        var payload = ReadPayload(0x80, out var isSingle);
        return isSingle || payload.Length != 1 || payload[0] >= 0x80 ? payload.ToArray() : throw Bad("a small byte has a prefix");
    }

    public BigInteger ReadNumber()
    {
        var bytes = ReadBytes();
        return bytes.Length == 0 || bytes[0] != 0 ? new BigInteger(bytes, isUnsigned: true, isBigEndian: true) : throw Bad("a number begins with zero");
    }

    public RlpReader ReadList() => new(ReadPayload(0xC0, out _));

    private ReadOnlySpan<byte> ReadPayload(int kind, out bool isSingle)
    {
        if (_rest.IsEmpty)
            throw Bad("an item is missing");
        var first = _rest[0];
        isSingle = kind == 0x80 && first < 0x80;
        if (isSingle)
            return Take(0, 1);
        if (first < kind || first > kind + 63)
            throw Bad("a list stands where a string should be, or the reverse");
        if (first <= kind + 55)
            return Take(1, first - kind);

        var size = first - kind - 55;
        if (_rest.Length < 1 + size || _rest[1] == 0)
            throw Bad("a length is cut or begins with zero");
        var length = new BigInteger(_rest.Slice(1, size), isUnsigned: true, isBigEndian: true);
        if (length <= 55 || length > _rest.Length)
            throw Bad("a length is too short for its form or points past the end");
        return Take(1 + size, (int)length);
    }

    private ReadOnlySpan<byte> Take(int start, int length)
    {
        if (_rest.Length < start + length)
            throw Bad("a length points past the end");
        var payload = _rest.Slice(start, length);
        _rest = _rest[(start + length)..];
        return payload;
    }

    private static FormatException Bad(string why) => new($"Not canonical RLP: {why}.");
}
