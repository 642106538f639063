using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Deals;

/// <summary>A service that indexes the chain's deals. It is not trusted: it only lists ids.</summary>
internal interface IDealIndex
{
    /// <summary>Its name in messages, in the middle of a sentence.</summary>
    string Name { get; }

    /// <summary>Whether it supports the filter.</summary>
    bool Takes(DealFilter filter);

    /// <summary>Lists all deals that match by its own data, in any order.</summary>
    /// <exception cref="IExecException">IndexError: it cannot be reached, fails, or its response is invalid.</exception>
    Task<IndexAnswer> ReadAsync(DealFilter filter, CancellationToken cancellationToken);
}
