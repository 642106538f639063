using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Results.Download;

/// <summary>
/// The blocks of one CAR in the order in which they are needed (<c>order=dfs; dups=y</c>), so that none are kept.
/// A CAR in another order, or with other blocks, ends the source; the blocks before that are still valid.
/// </summary>
internal sealed class CarBlockSource : IBlockSource
{
    private readonly GatewayBody _body;
    private readonly CarReader _reader;
    private bool _hasHeader;

    /// <param name="body">The CAR, disposed of with the source.</param>
    public CarBlockSource(GatewayBody body)
    {
        _body = body;
        _reader = new CarReader(body.Reader);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> GetBlockAsync(Cid cid, IEnumerable<Cid> next, CancellationToken cancellationToken)
    {
        try
        {
            if (!_hasHeader)
                await _reader.ReadHeaderAsync().ConfigureAwait(false);
            _hasHeader = true;

            var section = await _reader.ReadSectionAsync().ConfigureAwait(false);
            return section switch
            {
                { } found when found.Cid.NamesSameBlock(cid) => found.Block,
                { } other => throw new BlockSourceException($"The CAR has block {other.Cid} where {cid} belongs."),
                null => throw new BlockSourceException($"The CAR ends before block {cid}."),
            };
        }
        catch (InvalidDataException e)
        {
            throw new BlockSourceException($"It cannot be read: {e.Message}.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _body.Dispose();
    }
}
