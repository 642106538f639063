using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Results.Download;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Fuzzing.Targets;

/// <summary>The data of IPFS gateways: CIDs, blocks, CARs.</summary>
internal static class IpfsTargets
{
    /// <summary>The reader's buffers are as large as the largest block, whatever the CAR's length.</summary>
    private const int CarBuffers = 8 * 1024 * 1024;

    private static readonly Cid AnyDagPb = Cid.CreateV1(Cid.DagPb, new byte[32]);

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("varint", ReadVarint),
        new("cid-text", ReadCidText),
        new("cid-bytes", ReadCidBytes),
        new("location", ReadLocation, typeof(IExecException)),
        new("unixfs", ReadNode, typeof(InvalidDataException)),
        new("car", ReadCarAsync, typeof(InvalidDataException), typeof(EndOfStreamException)) { AllocationBase = CarBuffers, Slowness = 4 },
        new("dag", FuzzedDag.CopyAsync, typeof(IExecException)) { AllocationBase = CarBuffers, Slowness = 20 },
    ];

    private static void ReadVarint(byte[] input)
    {
        var isMinimal = Varint.TryReadMinimal(input, out var minimal, out var length);
        if (isMinimal)
        {
            Span<byte> written = stackalloc byte[Varint.MaximumLength];
            Require.That(Varint.Write(written, minimal) == length && written[..length].SequenceEqual(input.AsSpan(0, length)), "a minimal integer has one spelling");
        }

        Require.That(!isMinimal || (Varint.TryRead(input, out var value, out _) && value == minimal), "what is minimal is an integer");
    }

    private static void ReadCidText(byte[] input)
    {
        if (Cid.TryParse(Encoding.UTF8.GetString(input), out var cid))
            Require.That(Cid.TryParse(cid.ToString(), out var again) && again.Equals(cid), "a CID is read as it is written");
    }

    private static void ReadCidBytes(byte[] input)
    {
        if (Cid.TryRead(input, out var cid, out var length))
            Require.That(cid.ToBytes().SequenceEqual(input.Take(length)), "a CID has one binary form");
    }

    private static void ReadLocation(byte[] input)
    {
        var location = ResultLocation.Parse(Encoding.UTF8.GetString(input));
        Require.That(ResultLocation.Parse(location.ToString()).ToString() == location.ToString(), "a location is read as it is written");
        Require.That(location.Path.All(name => name is not ("" or "." or "..")), "a path leads downwards only");
        using var client = new System.Net.Http.HttpClient();
        var uri = new Gateway(client, new Uri("https://gateway.example/base"), TimeSpan.FromSeconds(1), NoDiagnostics.Instance).UriOf(location);
        Require.That(uri.Host == "gateway.example" && uri.AbsolutePath.StartsWith("/base/ipfs/" + location.Root, StringComparison.Ordinal), "a location stays at its gateway");
    }

    private static void ReadNode(byte[] input)
    {
        var node = UnixFsNode.Read(AnyDagPb, input);
        Require.That(node.Content.Length <= input.Length, "content comes from the block");
        Require.That(!node.IsFile || node.ChildSizes.Sum() + node.Content.Length == node.Size, "a file's size is that of its pieces");
    }

    private static async Task ReadCarAsync(byte[] input)
    {
        using var body = new PacedReader(new MemoryStream(input), TimeSpan.FromMinutes(1), CancellationToken.None);
        using var reader = new CarReader(body);
        await reader.ReadHeaderAsync();
        var length = 0;
        while (await reader.ReadSectionAsync() is { } section)
            length += section.Block.Length;
        Require.That(length < input.Length, "blocks come from the CAR");
    }
}
