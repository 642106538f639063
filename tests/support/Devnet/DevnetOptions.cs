using System;

namespace IExec.Tasks.Devnet;

/// <summary>How a chain makes its blocks. The defaults: every transaction is mined at once and costs nothing.</summary>
public sealed record DevnetOptions
{
    /// <summary>Wei per gas of the next block. Zero, as on Bellecour, or a fee market that moves with the blocks, as on Arbitrum.</summary>
    public long BaseFeePerGas { get; init; }

    /// <summary>
    /// Mine each transaction as it comes. If false (and without <see cref="BlockTime"/>), blocks come from
    /// <see cref="DevnetChain.MineAsync"/> only.
    /// </summary>
    public bool AutoMine { get; init; } = true;

    /// <summary>Mine a block at this interval instead of one for each transaction.</summary>
    public TimeSpan? BlockTime { get; init; }

    /// <summary>Gas that one block holds, and that one <c>eth_call</c> may use.</summary>
    public long BlockGasLimit { get; init; } = 3_000_000_000;
}
