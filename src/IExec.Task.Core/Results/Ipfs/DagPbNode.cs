using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>A dag-pb node (IPLD dag-pb specification): links, and data that UnixFS defines.</summary>
/// <param name="Links">The links in their order.</param>
/// <param name="Data">The node's own data; empty when it has none.</param>
internal sealed record DagPbNode(IReadOnlyList<DagPbLink> Links, ReadOnlyMemory<byte> Data)
{
    private const int MaximumNameLength = 4096; // bytes; a file system's path limit
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a node. As the specification requires, an unknown field is an error.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a dag-pb node.</exception>
    public static DagPbNode Read(ReadOnlyMemory<byte> block)
    {
        var links = new List<DagPbLink>();
        ReadOnlyMemory<byte>? data = null;
        var reader = new ProtobufReader(block);
        while (reader.TryRead(out var field))
        {
            switch (field)
            {
                case { Number: 2, Kind: ProtobufKind.Bytes }:
                    links.Add(ReadLink(field.Bytes));
                    break;
                case { Number: 1, Kind: ProtobufKind.Bytes } when data is null:
                    data = field.Bytes;
                    break;
                default:
                    throw new InvalidDataException("a dag-pb node has a field it may not have");
            }
        }

        return new(links, data ?? default);
    }

    private static DagPbLink ReadLink(ReadOnlyMemory<byte> message)
    {
        Cid? target = null;
        var name = "";
        var reader = new ProtobufReader(message);
        while (reader.TryRead(out var field))
        {
            switch (field)
            {
                case { Number: 1, Kind: ProtobufKind.Bytes } when target is null:
                    if (!Cid.TryRead(field.Bytes.Span, out target, out var length) || length != field.Bytes.Length)
                        throw new InvalidDataException("a dag-pb link has a CID that cannot be verified");
                    break;
                case { Number: 2, Kind: ProtobufKind.Bytes }:
                    name = ReadName(field.Bytes);
                    break;
                case { Number: 3, Kind: ProtobufKind.Varint }:
                    break; // Tsize, which is not verified
                default:
                    throw new InvalidDataException("a dag-pb link has a field it may not have");
            }
        }

        return new(target ?? throw new InvalidDataException("a dag-pb link has no CID"), name);
    }

    private static string ReadName(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaximumNameLength)
            throw new InvalidDataException("a dag-pb link has too long a name");

        try
        {
            return StrictUtf8.GetString(bytes.ToArray());
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("a dag-pb link has a name that is not UTF-8", e);
        }
    }
}
