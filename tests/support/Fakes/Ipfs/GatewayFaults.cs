using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Fakes.Ipfs;

/// <summary>The faults of the gateway; none at first.</summary>
internal sealed class GatewayFaults
{
    /// <summary>The statuses of the next responses, instead of content.</summary>
    public ConcurrentQueue<HttpStatusCode> Statuses { get; } = new();

    /// <summary>Whether CARs are served; a gateway without them sends the plain file.</summary>
    public bool OffersCar { get; set; } = true;

    /// <summary>Whether single blocks are served.</summary>
    public bool OffersBlocks { get; set; } = true;

    /// <summary>Whether a format that is not offered is refused with 406, rather than ignored.</summary>
    public bool RefusesFormats { get; set; }

    /// <summary>Whether ranges of the plain file are served.</summary>
    public bool OffersRanges { get; set; } = true;

    /// <summary>The connection is broken after this many bytes of the next body.</summary>
    public long? CutAfter { get; set; }

    /// <summary>The next body pauses after this many bytes until <see cref="Resume"/>.</summary>
    public long? PauseAfter { get; set; }

    /// <summary>Every CAR ends after this many bytes as if it were complete.</summary>
    public long? EndCarAfter { get; set; }

    /// <summary>Blocks that are sent with one wrong bit.</summary>
    public ISet<Cid> Flipped { get; } = new HashSet<Cid>();

    /// <summary>Rearranges the blocks of a CAR.</summary>
    public Func<IEnumerable<Cid>, IEnumerable<Cid>> Arrange { get; set; } = blocks => blocks;

    /// <summary>No request gets a response.</summary>
    public bool Silent { get; set; }

    /// <summary>Bodies are sent at ten bytes per second.</summary>
    public bool Trickles { get; set; }

    /// <summary>The target of a redirect of every request.</summary>
    public string? RedirectTo { get; set; }

    /// <summary>A path request is redirected to the content's own subdomain, as subdomain gateways do, which serves it.</summary>
    public bool RedirectsToSubdomain { get; set; }

    /// <summary>The content type of CARs and blocks; empty for none.</summary>
    public string? ContentType { get; set; }

    /// <summary>Every body is endless.</summary>
    public bool Endless { get; set; }

    /// <summary>Requests whose path does not start with this get 404.</summary>
    public string PathPrefix { get; set; } = "";

    internal System.Threading.SemaphoreSlim Resumed { get; } = new(0);

    /// <summary>Resumes a paused body.</summary>
    public void Resume() => Resumed.Release();
}
