using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Fakes.Ipfs;

/// <summary>IPFS blocks, by hash. Files are split into the same blocks as by <c>ipfs add</c>, so the CIDs are the real ones.</summary>
internal sealed class BlockStore
{
    private readonly ConcurrentDictionary<string, byte[]> _blocks = new(StringComparer.Ordinal);

    /// <summary>Adds a file.</summary>
    public async Task<UnixFsPiece> AddFileAsync(Stream content, UnixFsLayout layout) =>
        await new UnixFsBuilder(layout, keep: (cid, block) => Add(cid, block.ToArray())).BuildAsync(content, CancellationToken.None);

    /// <summary>Adds a file.</summary>
    public Task<UnixFsPiece> AddFileAsync(byte[] content, UnixFsLayout layout) => AddFileAsync(new MemoryStream(content), layout);

    /// <summary>Adds a directory of files and directories that were added before.</summary>
    public UnixFsPiece AddDirectory(params UnixFsEntry[] entries)
    {
        var block = UnixFsWriter.WriteDirectory([.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)]);
        return new(AddBlock(block), 0, block.Length + entries.Sum(entry => entry.Piece.DagSize));
    }

    /// <summary>Adds any dag-pb block.</summary>
    public Cid AddBlock(byte[] block)
    {
        var hash = new byte[Sha256.Length];
        Sha256.Hash(block, hash);
        var cid = Cid.CreateV0(hash);
        Add(cid, block);
        return cid;
    }

    /// <summary>Adds blocks kept as files named by their CIDs, such as the devnet's.</summary>
    public BlockStore AddFolder(string path)
    {
        foreach (var file in Directory.EnumerateFiles(path))
        {
            if (Cid.TryParse(Path.GetFileName(file), out var cid))
                Add(cid, File.ReadAllBytes(file));
        }

        return this;
    }

    /// <summary>A block; null when it is not here.</summary>
    public byte[]? Find(Cid cid) => _blocks.GetValueOrDefault(KeyOf(cid));

    /// <summary>Every block under a CID, depth first, each as often as it is linked to.</summary>
    public IEnumerable<Cid> Walk(Cid root)
    {
        yield return root;
        if (root.Codec != Cid.DagPb || Find(root) is not { } block)
            yield break;

        foreach (var link in DagPbNode.Read(block).Links)
        {
            foreach (var cid in Walk(link.Target))
                yield return cid;
        }
    }

    private static string KeyOf(Cid cid) => Convert.ToHexString(cid.Digest.Span).ToLower(CultureInfo.InvariantCulture);

    private void Add(Cid cid, byte[] block) => _blocks[KeyOf(cid)] = block;
}
