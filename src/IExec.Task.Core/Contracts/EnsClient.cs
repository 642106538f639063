using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>
/// Reads ENS (EIP-137, EIP-181, EIP-634) as far as workerpools need it. The owner of a name chooses its resolver, so resolvers are not trusted:
/// a response that does not follow the standards counts as none.
/// </summary>
internal sealed class EnsClient(ContractReader reader, Address registry)
{
    /// <summary>Reads the name of an address and a text record of that name. The name must resolve to the address, since anyone can set a reverse record.</summary>
    /// <returns>The name and the text; null when the address has no such name.</returns>
    /// <exception cref="IExecException">RpcUnavailable, RateLimited, RpcError.</exception>
    public async Task<EnsRecord?> ReadAsync(Address address, string key, CancellationToken cancellationToken)
    {
        var reverse = EnsName.TryHash($"{address.ToString().Substring(2).ToLowerInvariant()}.addr.reverse")!;
        if (await ReadResolverAsync(reverse, cancellationToken).ConfigureAwait(false) is not { } reverseResolver)
            return null;
        var name = await ReadAsync(reverseResolver, EnsMessages.Name(reverse), static answer => new AbiReader(answer.Data).ReadString(), cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(name) || EnsName.TryHash(name!) is not { } node)
            return null;
        if (await ReadResolverAsync(node, cancellationToken).ConfigureAwait(false) is not { } resolver)
            return null;

        var answers = await reader.ReadAsync(
            [new ContractCall(resolver, EnsMessages.Address(node)), new ContractCall(resolver, EnsMessages.Text(node, key))],
            answer => answer.Index == 0
                ? Decode(answer, static addr => new AbiReader(addr.Data).ReadAddress()).Equals(address) ? "" : null
                : Decode(answer, static text => new AbiReader(text.Data).ReadString()),
            cancellationToken).ConfigureAwait(false);
        return answers[0] is null ? null : new EnsRecord(name!, answers[1]);
    }

    private async Task<Address?> ReadResolverAsync(byte[] node, CancellationToken cancellationToken)
    {
        var resolver = await ReadAsync(registry, EnsMessages.Resolver(node), static answer => new AbiReader(answer.Data).ReadAddress(), cancellationToken).ConfigureAwait(false);
        return resolver.IsZero ? null : resolver;
    }

    private async Task<T?> ReadAsync<T>(Address contract, byte[] call, ContractAnswerReader<T> decode, CancellationToken cancellationToken)
    {
        var answers = await reader.ReadAsync(
            [new ContractCall(contract, call)], answer => Decode(answer, decode), cancellationToken).ConfigureAwait(false);
        return answers[0];
    }

    private static T? Decode<T>(ContractAnswer answer, ContractAnswerReader<T> decode)
    {
        try
        {
            return answer.Succeeded ? decode(answer) : default;
        }
        catch (AbiFormatException)
        {
            return default;
        }
    }
}
