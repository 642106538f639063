using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Deals;

/// <summary>A service that has read the chain and can be searched. Nobody vouches for what it says: it only names deals.</summary>
internal interface IDealIndex
{
    /// <summary>What it is called in messages, in the middle of a sentence.</summary>
    string Name { get; }

    /// <summary>Whether it can be searched for this.</summary>
    bool Takes(DealFilter filter);

    /// <summary>Names all deals that it holds for fitting, in any order.</summary>
    /// <exception cref="IExecException">IndexError: it cannot be reached, fails, or its answer makes no sense.</exception>
    Task<IndexAnswer> ReadAsync(DealFilter filter, CancellationToken cancellationToken);
}
