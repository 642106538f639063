using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Results.Download;

/// <summary>
/// Copies a file from IPFS block by block, depth first, in the order of the file. The hash of every block is compared with the CID of the link to it in one
/// method, so the copy matches the CID of the location, or fails.
/// </summary>
/// <param name="source">The source of the blocks.</param>
/// <param name="target">The file to write; leaves that it already holds are verified and not fetched.</param>
/// <param name="meter">Counts the content.</param>
/// <param name="accept">Called with the length of the file before anything is written; throws when that is too long.</param>
internal sealed class VerifiedCopy(IBlockSource source, PartialFile target, TransferMeter meter, Action<long> accept)
{
    private const int MaximumDepth = 32; // a petabyte needs 5 levels

    private readonly Stack<Piece> _pieces = new();

    /// <summary>Copies the file at this location and returns its length in bytes.</summary>
    /// <exception cref="IExecException">A block does not match its CID, or the content is not a file.</exception>
    public async Task<long> RunAsync(ResultLocation location, CancellationToken cancellationToken)
    {
        try
        {
            var root = await ResolveAsync(location, cancellationToken).ConfigureAwait(false);
            accept(root.Size);
            meter.Total = root.Size;
            await WriteAsync(root, 0, 0, cancellationToken).ConfigureAwait(false);
            while (_pieces.Count > 0)
                await CopyAsync(_pieces.Pop(), cancellationToken).ConfigureAwait(false);

            await target.CompleteAsync(root.Size).ConfigureAwait(false);
            return root.Size;
        }
        catch (InvalidDataException e)
        {
            throw new IExecException(IExecErrorId.ResultCorrupt, $"'{location}' is not a file that can be read: {e.Message}.", innerException: e);
        }
    }

    /// <summary>Resolves the path of the location, from its root to the file.</summary>
    private async Task<UnixFsNode> ResolveAsync(ResultLocation location, CancellationToken cancellationToken)
    {
        var node = await FetchAsync(location.Root, [], cancellationToken).ConfigureAwait(false);
        foreach (var segment in location.Path)
        {
            if (node.Kind == UnixFsKind.HamtShard)
                throw ResultLocation.Unsupported(location.ToString(), "its path goes through a sharded directory (HAMT)");
            if (node.Kind != UnixFsKind.Directory)
                throw Invalid(location, $"has '{segment}' below something that is not a directory");

            var next = Find(node, segment) ?? throw Invalid(location, $"names '{segment}', which the directory does not have");
            node = await FetchAsync(next, [], cancellationToken).ConfigureAwait(false);
        }

        return node.IsFile
            ? node
            : throw ResultLocation.Unsupported(location.ToString(), node.Kind == UnixFsKind.Symlink ? "it is a symbolic link, not a file" : "it is a directory, not a file");
    }

    private async Task CopyAsync(Piece piece, CancellationToken cancellationToken)
    {
        if (await target.HoldsLeafAsync(piece.Cid, piece.Offset, piece.Size, cancellationToken).ConfigureAwait(false))
        {
            meter.Skip(piece.Size);
            return;
        }

        var node = await FetchAsync(piece.Cid, Next(piece), cancellationToken).ConfigureAwait(false);
        if (!node.IsFile || node.Size != piece.Size)
            throw new InvalidDataException($"block {piece.Cid} is not the piece of file that its parent says");
        await WriteAsync(node, piece.Offset, piece.Depth, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(UnixFsNode node, long offset, int depth, CancellationToken cancellationToken)
    {
        if (!node.Content.IsEmpty)
        {
            await target.WriteAsync(offset, node.Content, cancellationToken).ConfigureAwait(false);
            meter.Add(node.Content.Length);
        }

        if (node.Links.Count > 0 && depth == MaximumDepth)
            throw new InvalidDataException("the file's tree is too deep");

        for (var (i, end) = (node.Links.Count - 1, offset + node.Size); i >= 0; i--)
        {
            end -= node.ChildSizes[i];
            _pieces.Push(new(node.Links[i].Target, end, node.ChildSizes[i], depth + 1));
        }
    }

    /// <summary>Fetches a block and compares it with its CID.</summary>
    private async ValueTask<UnixFsNode> FetchAsync(Cid cid, IEnumerable<Cid> next, CancellationToken cancellationToken)
    {
        if (cid.IsInline)
            return UnixFsNode.Read(cid, cid.Digest);

        var block = await source.GetBlockAsync(cid, next, cancellationToken).ConfigureAwait(false);
        if (!cid.Names(block.Span))
            throw new IExecException(IExecErrorId.ResultCorrupt, $"A block does not match its CID {cid}.");
        return UnixFsNode.Read(cid, block);
    }

    /// <summary>
    /// The blocks that are certainly fetched after this piece: the following ones up to the first that must be an inner node, whose children come
    /// before its siblings.
    /// </summary>
    private IEnumerable<Cid> Next(Piece current)
    {
        if (current.IsInner)
            yield break;

        foreach (var piece in _pieces)
        {
            if (piece.Cid.IsInline || piece.Offset + piece.Size <= target.LeftLength)
                continue;
            yield return piece.Cid;
            if (piece.IsInner)
                yield break;
        }
    }

    private static Cid? Find(UnixFsNode directory, string name)
    {
        foreach (var link in directory.Links)
        {
            if (string.Equals(link.Name, name, StringComparison.Ordinal))
                return link.Target;
        }

        return null;
    }

    private static IExecException Invalid(ResultLocation location, string what) =>
        new(IExecErrorId.ResultLocationInvalid, $"The result's location '{location}' {what}.");

    private readonly record struct Piece(Cid Cid, long Offset, long Size, int Depth)
    {
        public bool IsInner => Size > UnixFsNode.MaximumBlockLength;
    }
}
