using System;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>A block in a CAR, which is not verified.</summary>
/// <param name="Cid">The CID that the CAR states.</param>
/// <param name="Block">Its bytes.</param>
internal readonly record struct CarSection(Cid Cid, ReadOnlyMemory<byte> Block);
