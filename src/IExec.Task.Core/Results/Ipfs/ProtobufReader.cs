using System;
using System.IO;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>Reads a Protocol Buffers message field by field. Malformed bytes are an <see cref="InvalidDataException"/>.</summary>
/// <param name="message">The whole message. Fields refer to it, and nothing is copied.</param>
internal struct ProtobufReader(ReadOnlyMemory<byte> message)
{
    private ReadOnlyMemory<byte> _rest = message;

    /// <summary>Reads the next field; false at the end.</summary>
    public bool TryRead(out ProtobufField field)
    {
        field = default;
        if (_rest.IsEmpty)
            return false;

        var tag = TakeVarint();
        var (number, kind) = (tag >> 3, (ProtobufKind)(tag & 7));
        if (number is 0 or > 0x1fffffff)
            throw new InvalidDataException("a protobuf field has an impossible number");

        field = kind switch
        {
            ProtobufKind.Varint => new((int)number, kind, TakeVarint(), default),
            ProtobufKind.Bytes => new((int)number, kind, 0, Take(TakeVarint())),
            ProtobufKind.Fixed64 => new((int)number, kind, 0, Take(8)),
            ProtobufKind.Fixed32 => new((int)number, kind, 0, Take(4)),
            _ => throw new InvalidDataException("a protobuf field has an unknown wire type"),
        };
        return true;
    }

    private ulong TakeVarint()
    {
        if (!Varint.TryRead(_rest.Span, out var value, out var length))
            throw new InvalidDataException("a protobuf integer is cut off or too large");

        _rest = _rest[length..];
        return value;
    }

    private ReadOnlyMemory<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
            throw new InvalidDataException("a protobuf field is longer than its message");

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }
}
