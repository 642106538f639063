using System;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>A block in a CAR, not verified.</summary>
/// <param name="Cid">What the CAR says the block is.</param>
/// <param name="Block">Its bytes.</param>
internal readonly record struct CarSection(Cid Cid, ReadOnlyMemory<byte> Block);
