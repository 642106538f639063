using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>Where blocks come from. Nothing it returns is trusted: who asks for a block checks it against its CID.</summary>
internal interface IBlockSource : IDisposable
{
    /// <summary>Gets a block's bytes, valid until the next call.</summary>
    /// <param name="cid">The block wanted now.</param>
    /// <param name="next">The blocks surely wanted after it, in order, so that they can be asked for ahead.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="BlockSourceException">This source cannot deliver the block; another may.</exception>
    ValueTask<ReadOnlyMemory<byte>> GetBlockAsync(Cid cid, IEnumerable<Cid> next, CancellationToken cancellationToken);
}
