using System;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>One field of a Protocol Buffers message.</summary>
/// <param name="Number">The field's number in its message.</param>
/// <param name="Kind">How the field is written.</param>
/// <param name="Value">The value of a <see cref="ProtobufKind.Varint"/>.</param>
/// <param name="Bytes">The content of a <see cref="ProtobufKind.Bytes"/>.</param>
internal readonly record struct ProtobufField(int Number, ProtobufKind Kind, ulong Value, ReadOnlyMemory<byte> Bytes);
