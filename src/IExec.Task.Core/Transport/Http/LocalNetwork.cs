using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Transport.Http;

/// <summary>
/// Recognises addresses that are not on the public internet (IANA's special-purpose registries), so that an untrusted URL cannot direct a request
/// to a machine behind the user's firewall.
/// </summary>
internal static class LocalNetwork
{
    /// <summary>Networks as first address and number of leading bits.</summary>
    private static readonly (byte[] Network, int Bits)[] Networks =
    [
        ([0], 8), // this network
        ([10], 8), // private
        ([100, 64], 10), // shared by a provider's customers
        ([127], 8), // loopback
        ([169, 254], 16), // link-local, where clouds keep their metadata
        ([172, 16], 12), // private
        ([192, 0, 0], 24), // protocol assignments
        ([192, 168], 16), // private
        ([198, 18], 15), // benchmarks
        ([224], 3), // multicast, reserved and broadcast
    ];

    /// <summary>Whether the host of a URL is, or resolves to, an address that is not on the public internet. False for a host that does not resolve.</summary>
    /// <exception cref="TimeoutException">The name server does not answer in time.</exception>
    public static async Task<bool> ContainsAsync(Uri uri, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(uri.DnsSafeHost, out var literal))
            return Contains(literal);
        if (uri.HostName() is not { } host)
            return false;
        if (IsLoopbackName(host.TrimEnd('.')))
            return true;
        try
        {
            var addresses = await TimeLimit.RunAsync(timeout, token => HttpPlatform.GetHostAddressesAsync(host, token), cancellationToken).ConfigureAwait(false);
            return addresses.Any(Contains);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Whether an address is not on the public internet.</summary>
    public static bool Contains(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork ? ContainsV4(bytes) : ContainsV6(bytes);
    }

    /// <summary>RFC 6761 reserves these names for loopback, whatever a name server returns.</summary>
    private static bool IsLoopbackName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static bool ContainsV4(byte[] address) => Networks.Any(entry => StartsWith(address, entry.Network, entry.Bits));

    private static bool ContainsV6(byte[] address)
    {
        // ::, ::1, IPv4-mapped (::ffff:0:0/96) and the deprecated IPv4-compatible addresses all end with 32 bits that are checked as an IPv4 address.
        if (StartsWith(address, new byte[10], 80) && (address[10], address[11]) is (0, 0) or (0xff, 0xff))
            return ContainsV4(Tail(address, 12));
        if (StartsWith(address, [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96)) // NAT64
            return ContainsV4(Tail(address, 12));
        if (StartsWith(address, [0x20, 0x02], 16)) // 6to4
            return ContainsV4(Tail(address, 2));
        return !StartsWith(address, [0x20], 3); // 2000::/3 is all that is allocated for the internet
    }

    private static byte[] Tail(byte[] address, int start) => address.AsSpan(start, 4).ToArray();

    private static bool StartsWith(byte[] address, byte[] network, int bits)
    {
        for (var bit = 0; bit < bits; bit += 8)
        {
            var mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
            var expected = bit / 8 < network.Length ? network[bit / 8] : 0;
            if ((address[bit / 8] & mask) != (expected & mask))
                return false;
        }

        return true;
    }
}
