using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Results;

/// <summary>
/// Blocks out of one CAR in the order they are wanted (<c>order=dfs; dups=y</c>), so that nothing has to be kept.
/// A CAR in another order, or with other blocks, ends the source; what it delivered before stays good.
/// </summary>
internal sealed class CarBlockSource : IBlockSource
{
    private readonly IDisposable _owner;
    private readonly CarReader _reader;
    private bool _hasHeader;

    /// <param name="stream">The CAR.</param>
    /// <param name="owner">What to dispose of with the source: the response the CAR comes in.</param>
    public CarBlockSource(Stream stream, IDisposable owner)
    {
        _owner = owner;
        _reader = new CarReader(stream);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> GetBlockAsync(Cid cid, IEnumerable<Cid> next, CancellationToken cancellationToken)
    {
        try
        {
            if (!_hasHeader)
                await _reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            _hasHeader = true;

            var section = await _reader.ReadSectionAsync(cancellationToken).ConfigureAwait(false);
            return section switch
            {
                { } found when found.Cid.NamesSameBlock(cid) => found.Block,
                { } other => throw new BlockSourceException($"the CAR has block {other.Cid} where {cid} belongs"),
                null => throw new BlockSourceException($"the CAR ends before block {cid}"),
            };
        }
        catch (InvalidDataException e)
        {
            throw new BlockSourceException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _owner.Dispose();
    }
}
