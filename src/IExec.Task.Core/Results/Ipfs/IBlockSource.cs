using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>A source of blocks. Nothing that it returns is trusted: the caller compares each block with its CID.</summary>
internal interface IBlockSource : IDisposable
{
    /// <summary>Gets the bytes of a block, valid until the next call.</summary>
    /// <param name="cid">The block.</param>
    /// <param name="next">The blocks that are certainly needed after it, in order, so that they can be requested ahead.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="BlockSourceException">This source cannot deliver the block; another may.</exception>
    ValueTask<ReadOnlyMemory<byte>> GetBlockAsync(Cid cid, IEnumerable<Cid> next, CancellationToken cancellationToken);
}
