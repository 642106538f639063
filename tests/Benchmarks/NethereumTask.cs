using System.Collections.Generic;
using System.Numerics;
using Nethereum.ABI.FunctionEncoding.Attributes;

namespace IExec.Tasks.Benchmarks;

/// <summary>What viewTask returns, as a program on Nethereum declares it.</summary>
[FunctionOutput]
public sealed class NethereumTask : IFunctionOutputDTO
{
    [Parameter("tuple", "", 1)]
    public Fields Task { get; set; } = new();

    public sealed class Fields
    {
        [Parameter("uint8", "status", 1)]
        public byte Status { get; set; }

        [Parameter("bytes32", "dealid", 2)]
        public byte[] DealId { get; set; } = [];

        [Parameter("uint256", "idx", 3)]
        public BigInteger Index { get; set; }

        [Parameter("uint256", "timeref", 4)]
        public BigInteger TimeRef { get; set; }

        [Parameter("uint256", "contributionDeadline", 5)]
        public BigInteger ContributionDeadline { get; set; }

        [Parameter("uint256", "revealDeadline", 6)]
        public BigInteger RevealDeadline { get; set; }

        [Parameter("uint256", "finalDeadline", 7)]
        public BigInteger FinalDeadline { get; set; }

        [Parameter("bytes32", "consensusValue", 8)]
        public byte[] ConsensusValue { get; set; } = [];

        [Parameter("uint256", "revealCounter", 9)]
        public BigInteger RevealCounter { get; set; }

        [Parameter("uint256", "winnerCounter", 10)]
        public BigInteger WinnerCounter { get; set; }

        [Parameter("address[]", "contributors", 11)]
        public List<string> Contributors { get; set; } = [];

        [Parameter("bytes32", "resultDigest", 12)]
        public byte[] ResultDigest { get; set; } = [];

        [Parameter("bytes", "results", 13)]
        public byte[] Results { get; set; } = [];

        [Parameter("uint256", "resultsTimestamp", 14)]
        public BigInteger ResultsTimestamp { get; set; }

        [Parameter("bytes", "resultsCallback", 15)]
        public byte[] ResultsCallback { get; set; } = [];
    }
}
