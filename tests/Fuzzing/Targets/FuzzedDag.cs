using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Download;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Fuzzing.Targets;

/// <summary>
/// Blocks with correct hashes and wrong content: the input is a list of instructions, each for a block, which may link to earlier ones. The last
/// block is copied as a file.
/// </summary>
internal sealed class FuzzedDag : IBlockSource
{
    private const int LongestFile = 16 * 1024;
    private static readonly string Target = Path.Combine(Scratch.MakeFolder("dag"), "file");

    private readonly Dictionary<Cid, byte[]> _blocks = [];
    private readonly List<UnixFsPiece> _pieces = [];
    private ReadOnlyMemory<byte> _orders;

    private FuzzedDag(byte[] orders)
    {
        _orders = orders;
        Add(Cid.Raw, []);
        while (!_orders.IsEmpty)
            Obey(Next());
    }

    public static async Task CopyAsync(byte[] input)
    {
        using var dag = new FuzzedDag(input);
        using var target = new PartialFile(Target, maximumLength: 1024 * 1024);
        await target.ClearAsync();
        var accepted = 0L;
        var copy = new VerifiedCopy(dag, target, new TransferMeter(SaveStage.Downloading, null), length => accepted = Accept(length));
        var length = await copy.RunAsync(ResultLocation.Parse($"/ipfs/{dag._pieces[^1].Cid}{(input.Length % 3 == 0 ? "/a" : "")}"), CancellationToken.None);
        Require.That(length == accepted && new FileInfo(Target).Length == length, "a file is as long as its root says");
    }

    public ValueTask<ReadOnlyMemory<byte>> GetBlockAsync(Cid cid, IEnumerable<Cid> next, CancellationToken cancellationToken)
    {
        _ = next.Count();
        return new(_blocks[cid]);
    }

    public void Dispose()
    {
    }

    private static long Accept(long length) => length <= LongestFile ? length : throw new IExecException(IExecErrorId.ArchiveUnsafe, "Too long.");

    private void Obey(int order)
    {
        switch (order % 4)
        {
            case 0:
                Add(Cid.Raw, Take(Next()));
                break;
            case 1:
                var pieces = Enumerable.Range(0, Next() % 6).Select(_ => Piece(order >= 128)).ToList();
                Add(Cid.DagPb, UnixFsWriter.WriteFile(pieces), pieces.Sum(piece => piece.Size));
                break;
            case 2:
                Add(Cid.DagPb, UnixFsWriter.WriteDirectory([new("a", Piece(isFalse: false)), new("b", Piece(isFalse: false))]));
                break;
            default:
                Add(Cid.DagPb, Take(Next()), Next());
                break;
        }
    }

    /// <summary>One of the blocks before, with its size or another.</summary>
    private UnixFsPiece Piece(bool isFalse)
    {
        var piece = _pieces[Next() % _pieces.Count];
        return isFalse ? piece with { Size = Next() } : piece;
    }

    private void Add(int codec, byte[] block, long? size = null)
    {
        var hash = new byte[Sha256.Length];
        Sha256.Hash(block, hash);
        var cid = Cid.CreateV1(codec, hash);
        _blocks[cid] = block;
        _pieces.Add(new(cid, size ?? block.Length, block.Length));
    }

    private int Next() => Take(1) is [var value] ? value : 0;

    private byte[] Take(int count)
    {
        var taken = _orders[..Math.Min(count, _orders.Length)];
        _orders = _orders[taken.Length..];
        return taken.ToArray();
    }
}
