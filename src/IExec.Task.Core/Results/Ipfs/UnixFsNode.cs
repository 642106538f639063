using System;
using System.Collections.Generic;
using System.IO;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>A block as UnixFS sees it: part of a file, or a directory (IPFS UnixFS specification).</summary>
internal sealed class UnixFsNode
{
    /// <summary>Largest block that peers exchange (bitswap), and the largest accepted here.</summary>
    public const int MaximumBlockLength = 2 * 1024 * 1024;

    private UnixFsNode(UnixFsKind kind, ReadOnlyMemory<byte> content, long size, IReadOnlyList<DagPbLink> links, IReadOnlyList<long> childSizes)
    {
        Kind = kind;
        Content = content;
        Size = size;
        Links = links;
        ChildSizes = childSizes;
    }

    /// <summary>What the node is.</summary>
    public UnixFsKind Kind { get; }

    /// <summary>True for a file or a piece of one.</summary>
    public bool IsFile => Kind is UnixFsKind.File or UnixFsKind.Raw;

    /// <summary>File content held by the node itself; it comes before its children's.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Length of the file, or piece of file, under this node, in bytes.</summary>
    public long Size { get; }

    /// <summary>A file's pieces in order, or a directory's entries.</summary>
    public IReadOnlyList<DagPbLink> Links { get; }

    /// <summary>Length of the piece of file under each link; empty for a directory.</summary>
    public IReadOnlyList<long> ChildSizes { get; }

    /// <summary>Reads a verified block.</summary>
    /// <param name="cid">The CID of the block, with its codec.</param>
    /// <param name="block">The block. The node refers to it, and nothing is copied.</param>
    /// <exception cref="InvalidDataException">The block is not UnixFS, or its sizes are inconsistent.</exception>
    public static UnixFsNode Read(Cid cid, ReadOnlyMemory<byte> block)
    {
        switch (cid.Codec)
        {
            case Cid.Raw:
                return new(UnixFsKind.Raw, block, block.Length, [], []);
            case Cid.DagPb:
                var node = DagPbNode.Read(block);
                return Read(node);
            default:
                throw new InvalidDataException($"a block has codec 0x{cid.Codec:x}, which is not a file's");
        }
    }

    private static UnixFsNode Read(DagPbNode node)
    {
        UnixFsKind? kind = null;
        ReadOnlyMemory<byte> content = default;
        ulong? size = null;
        var childSizes = new List<long>();
        var reader = new ProtobufReader(node.Data);
        while (reader.TryRead(out var field))
        {
            switch (field)
            {
                case { Number: 1, Kind: ProtobufKind.Varint }:
                    kind = field.Value <= (ulong)UnixFsKind.HamtShard
                        ? (UnixFsKind)field.Value
                        : throw new InvalidDataException("a UnixFS node is of an unknown kind");
                    break;
                case { Number: 2, Kind: ProtobufKind.Bytes }:
                    content = field.Bytes;
                    break;
                case { Number: 3, Kind: ProtobufKind.Varint }:
                    size = field.Value;
                    break;
                case { Number: 4, Kind: ProtobufKind.Varint }:
                    AddChildSize(childSizes, field.Value, node.Links.Count);
                    break;
                case { Number: 4, Kind: ProtobufKind.Bytes }:
                    ReadPacked(childSizes, field.Bytes.Span, node.Links.Count);
                    break;
                default:
                    break; // newer fields, such as mode and time of change
            }
        }

        if (kind is not { } known)
            throw new InvalidDataException("a dag-pb node holds no UnixFS data");
        if (known is not (UnixFsKind.File or UnixFsKind.Raw))
            return new(known, content, 0, node.Links, []);

        var sum = (ulong)content.Length;
        foreach (var childSize in childSizes)
            sum += (ulong)childSize;
        if (childSizes.Count != node.Links.Count || (size ?? sum) != sum || sum > long.MaxValue)
            throw new InvalidDataException("a UnixFS node's sizes contradict each other");

        return new(known, content, (long)sum, node.Links, childSizes);
    }

    private static void ReadPacked(List<long> childSizes, ReadOnlySpan<byte> packed, int expected)
    {
        while (!packed.IsEmpty)
        {
            if (!Varint.TryRead(packed, out var value, out var length))
                throw new InvalidDataException("a UnixFS node's sizes are cut off");
            AddChildSize(childSizes, value, expected);
            packed = packed[length..];
        }
    }

    /// <summary>No importer writes an empty piece, and with them a small node could cause unlimited work.</summary>
    private static void AddChildSize(List<long> childSizes, ulong value, int expected)
    {
        const ulong Most = 1UL << 50; // a pebibyte; keeps the sum of a block's sizes far from overflow
        if (value is 0 or > Most || childSizes.Count == expected)
            throw new InvalidDataException("a UnixFS node has impossible sizes");
        childSizes.Add((long)value);
    }
}
