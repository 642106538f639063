using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>
/// Splits a file into the blocks of a balanced UnixFS tree, as <c>ipfs add</c> does, to compute its CID.
/// Holds one chunk, and one unfinished node per level, whatever the length of the file.
/// </summary>
/// <param name="layout">How to split.</param>
/// <param name="meter">Counts the content; null for no progress.</param>
/// <param name="keep">Receives each finished block, children before parents; null when only the CID is needed. The bytes are valid during the call.</param>
internal sealed class UnixFsBuilder(UnixFsLayout layout, TransferMeter? meter = null, Action<Cid, ReadOnlyMemory<byte>>? keep = null)
{
    private readonly List<List<UnixFsPiece>> _levels = [];

    /// <summary>Builds the whole file and returns its root.</summary>
    public async Task<UnixFsPiece> BuildAsync(Stream content, CancellationToken cancellationToken)
    {
        // Room for the frame of a dag-pb leaf around the content, so that a leaf is hashed without copying it.
        const int Margin = 32;
        var buffer = ArrayPool<byte>.Shared.Rent(layout.ChunkLength + 2 * Margin);
        try
        {
            var length = await ReadChunkAsync(content, buffer, Margin, cancellationToken).ConfigureAwait(false);
            do
            {
                Add(0, MakeLeaf(buffer, Margin, length));
                meter?.Add(length);
                length = await ReadChunkAsync(content, buffer, Margin, cancellationToken).ConfigureAwait(false);
            }
            while (length > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Finish();
    }

    private async Task<int> ReadChunkAsync(Stream content, byte[] buffer, int start, CancellationToken cancellationToken)
    {
        var length = 0;
        while (length < layout.ChunkLength)
        {
            var read = await content.ReadAsync(buffer.AsMemory(start + length, layout.ChunkLength - length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            length += read;
        }

        return length;
    }

    private UnixFsPiece MakeLeaf(byte[] buffer, int start, int length)
    {
        if (layout.RawLeaves)
            return Name(Cid.Raw, buffer.AsMemory(start, length), length, 0);

        var (before, after) = UnixFsWriter.FrameLeaf(length);
        before.CopyTo(buffer, start - before.Length);
        after.CopyTo(buffer, start + length);
        return Name(Cid.DagPb, buffer.AsMemory(start - before.Length, before.Length + length + after.Length), length, 0);
    }

    private UnixFsPiece MakeParent(List<UnixFsPiece> pieces)
    {
        var (size, dagSize) = (0L, 0L);
        foreach (var piece in pieces)
        {
            size += piece.Size;
            dagSize += piece.DagSize;
        }

        return Name(Cid.DagPb, UnixFsWriter.WriteFile(pieces), size, dagSize);
    }

    private UnixFsPiece Name(int codec, ReadOnlyMemory<byte> block, long size, long childrenDagSize)
    {
        Span<byte> hash = stackalloc byte[Sha256.Length];
        Sha256.Hash(block.Span, hash);
        var cid = layout.CidVersion == 0 && codec == Cid.DagPb ? Cid.CreateV0(hash) : Cid.CreateV1(codec, hash);
        keep?.Invoke(cid, block);
        return new(cid, size, childrenDagSize + block.Length);
    }

    private void Add(int level, UnixFsPiece piece)
    {
        if (level == _levels.Count)
            _levels.Add([]);

        var pieces = _levels[level];
        pieces.Add(piece);
        if (pieces.Count < layout.MaximumLinks)
            return;

        var parent = MakeParent(pieces);
        pieces.Clear();
        Add(level + 1, parent);
    }

    /// <summary>Completes the unfinished nodes from the leaves up. What is left of a level gets a parent even when it is a single node, unless it is the root.</summary>
    private UnixFsPiece Finish()
    {
        for (var level = 0; ; level++)
        {
            var pieces = _levels[level];
            if (pieces.Count == 1 && level == _levels.Count - 1)
                return pieces[0];
            if (pieces.Count == 0)
                continue;

            var parent = MakeParent(pieces);
            pieces.Clear();
            Add(level + 1, parent);
        }
    }
}
