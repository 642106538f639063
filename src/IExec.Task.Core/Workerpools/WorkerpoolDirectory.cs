using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Workerpools;

/// <summary>
/// Finds the APIs of workerpools: in Compass or, on chains without Compass, in an ENS text record. One instance serves one command and looks each
/// workerpool up once.
/// </summary>
internal sealed class WorkerpoolDirectory(IExecSession session)
{
    private const string EnsTextKey = "iexec:workerpool-api:url";

    /// <summary>The replacement for invalid UTF-8, which <see cref="Uri"/> would accept in a path.</summary>
    private const string DamagedText = "\uFFFD";

    private readonly ConcurrentDictionary<Address, Lazy<Task<WorkerpoolApi>>> _found = new();
    private readonly ConcurrentDictionary<Address, Lazy<Task<EnsRecord?>>> _records = new();

    /// <summary>The API of a workerpool.</summary>
    /// <exception cref="IExecException">WorkerpoolApiUndeclared, WorkerpoolApiError, and those of reading a contract.</exception>
    public Task<WorkerpoolApi> FindAsync(Address workerpool, CancellationToken cancellationToken) =>
        _found.GetOrAdd(workerpool, pool => new Lazy<Task<WorkerpoolApi>>(() => LookUpAsync(pool, cancellationToken))).Value;

    /// <summary>The ENS record of a workerpool; null when it has no name, or the connection has no ENS registry.</summary>
    /// <exception cref="IExecException">Those of reading a contract.</exception>
    public Task<EnsRecord?> FindRecordAsync(Address workerpool, CancellationToken cancellationToken) => session.Connection.EnsRegistryAddress is { } registry
        ? _records.GetOrAdd(workerpool, pool => new Lazy<Task<EnsRecord?>>(() => new EnsClient(session.Contracts, Address.Parse(registry)).ReadAsync(pool, EnsTextKey, cancellationToken))).Value
        : Task.FromResult<EnsRecord?>(null);

    /// <summary>Parses a declared URL; null when it is not a valid http or https URL.</summary>
    internal static Uri? ReadUrl(string declared) =>
        !declared.Contains(DamagedText, StringComparison.Ordinal)
        && Uri.TryCreate(declared, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.HostName() is not null ? url : null;

    private async Task<WorkerpoolApi> LookUpAsync(Address workerpool, CancellationToken cancellationToken)
    {
        var (declared, source, where) = await ReadDeclaredAsync(workerpool, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(declared))
            throw new IExecException(IExecErrorId.WorkerpoolApiUndeclared, $"Workerpool {workerpool} has not published an API URL {where}.");
        if (ReadUrl(declared!) is not { } url)
        {
            throw new IExecException(
                IExecErrorId.WorkerpoolApiUndeclared,
                $"Workerpool {workerpool} has not published a valid API URL {where}: '{Redaction.Untrusted(declared!)}' is not an http or https URL.");
        }

        if (url.UserInfo.Length > 0)
            throw Unfit(workerpool, "contains a user name or a password");
        if (session.Connection.WorkerpoolApiHost is { Length: > 0 } hosts && !hosts.Contains(url.HostName(), StringComparer.OrdinalIgnoreCase))
            throw Unfit(workerpool, $"is at {Redaction.Url(url)}, a host that -WorkerpoolApiHost does not name", "If you trust that host, connect with it: Connect-IExec -WorkerpoolApiHost.");

        var mayBeLocal = await IsOwnNodeLocalAsync(cancellationToken).ConfigureAwait(false);
        if (!mayBeLocal && await IsLocalAsync(url, cancellationToken).ConfigureAwait(false))
            throw Unfit(workerpool, $"leads to this machine or its own network ({Redaction.Url(url)})");

        session.Diagnostics.Verbose($"The API of workerpool {workerpool} is at {Redaction.Url(url)}, as published {where}.");
        return new WorkerpoolApi(new Uri(url.GetLeftPart(UriPartial.Path)), workerpool, mayBeLocal ? session.Connection.Http : session.Connection.InternetHttp, session) { Source = source };
    }

    private async Task<(string? Url, IExecWorkerpoolApiSource Source, string Where)> ReadDeclaredAsync(Address workerpool, CancellationToken cancellationToken)
    {
        var connection = session.Connection;
        if (connection.Compass is { } compass)
        {
            var declared = await new CompassClient(compass, connection, session.Diagnostics).ReadApiUrlAsync(workerpool, cancellationToken).ConfigureAwait(false);
            return (declared, IExecWorkerpoolApiSource.Compass, $"at Compass ({Redaction.Url(compass)})");
        }

        if (connection.EnsRegistryAddress is not null)
            return ((await FindRecordAsync(workerpool, cancellationToken).ConfigureAwait(false))?.Text, IExecWorkerpoolApiSource.Ens, "in ENS");
        throw new IExecException(
            IExecErrorId.WorkerpoolApiUndeclared,
            $"The API of workerpool {workerpool} cannot be looked up: the connection has neither a Compass service nor an ENS registry.",
            "Connect with -CompassUrl or -EnsRegistryAddress.");
    }

    /// <summary>With a node on their own machine or network, users have services there, too.</summary>
    private async Task<bool> IsOwnNodeLocalAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(session.Connection.RpcUrl.Select(url => IsLocalAsync(new Uri(url), cancellationToken))).ConfigureAwait(false);
        return answers.Contains(true);
    }

    private async Task<bool> IsLocalAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            return await LocalNetwork.ContainsAsync(url, session.Connection.Timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new IExecException(IExecErrorId.WorkerpoolApiError, $"The address of {Redaction.Url(url)} could not be resolved in time.", innerException: exception);
        }
    }

    private static IExecException Unfit(Address workerpool, string why, string? advice = null) => new(
        IExecErrorId.WorkerpoolApiError,
        $"The API URL that workerpool {workerpool} declares is not used: it {why}.",
        advice ?? "Tell the workerpool's owner. A URL in your own network is used when your RPC node is there, too.");
}
