using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Fakes.Ipfs;

/// <summary>What is wrong with the gateway. Nothing, at first.</summary>
internal sealed class GatewayFaults
{
    /// <summary>Statuses to answer the next requests with, instead of content.</summary>
    public ConcurrentQueue<HttpStatusCode> Statuses { get; } = new();

    /// <summary>Whether CARs are served; a gateway without them sends the plain file.</summary>
    public bool OffersCar { get; set; } = true;

    /// <summary>Whether single blocks are served.</summary>
    public bool OffersBlocks { get; set; } = true;

    /// <summary>Whether a format that is not offered is refused with 406, rather than ignored.</summary>
    public bool RefusesFormats { get; set; }

    /// <summary>Whether the plain file may be asked for in parts.</summary>
    public bool OffersRanges { get; set; } = true;

    /// <summary>The connection is cut after this many bytes of the next body.</summary>
    public long? CutAfter { get; set; }

    /// <summary>The next body stops after this many bytes until <see cref="Resume"/>.</summary>
    public long? PauseAfter { get; set; }

    /// <summary>Every CAR ends after this many bytes as if it were complete.</summary>
    public long? EndCarAfter { get; set; }

    /// <summary>Blocks of which one bit is sent wrong.</summary>
    public ISet<Cid> Flipped { get; } = new HashSet<Cid>();

    /// <summary>Rearranges the blocks of a CAR.</summary>
    public Func<IEnumerable<Cid>, IEnumerable<Cid>> Arrange { get; set; } = blocks => blocks;

    /// <summary>Nothing is ever answered.</summary>
    public bool Silent { get; set; }

    /// <summary>Ten bytes a second are sent.</summary>
    public bool Trickles { get; set; }

    /// <summary>Every request is redirected there.</summary>
    public string? RedirectTo { get; set; }

    /// <summary>A path request is redirected to the content's own subdomain, as subdomain gateways do, which serves it.</summary>
    public bool RedirectsToSubdomain { get; set; }

    /// <summary>What CARs and blocks are said to be instead of what they are; empty for nothing at all.</summary>
    public string? ContentType { get; set; }

    /// <summary>Every body goes on for ever.</summary>
    public bool Endless { get; set; }

    /// <summary>Requests whose path does not begin so are not found.</summary>
    public string PathPrefix { get; set; } = "";

    internal System.Threading.SemaphoreSlim Resumed { get; } = new(0);

    /// <summary>Lets a paused body go on.</summary>
    public void Resume() => Resumed.Release();
}
