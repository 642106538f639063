using System;
using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks;

/// <summary>A deal: what a requester bought. It never changes.</summary>
internal sealed class Deal
{
    public required Bytes32 Id { get; init; }

    public required DealResource App { get; init; }

    /// <summary>The dataset; its address is zero when there is none.</summary>
    public required DealResource Dataset { get; init; }

    public required DealResource Workerpool { get; init; }

    public required Address Requester { get; init; }

    public required Address Beneficiary { get; init; }

    /// <summary>The contract that receives the result; zero for a deal without a callback.</summary>
    public required Address Callback { get; init; }

    /// <summary>Who paid, and whom a claim refunds: the requester unless someone else sponsored the deal.</summary>
    public required Address Sponsor { get; init; }

    /// <summary>What one task costs: the prices of app, dataset and workerpool together, in nRLC (10⁻⁹ RLC).</summary>
    public BigInteger TaskPrice => App.Price + Dataset.Price + Workerpool.Price;

    public required BigInteger Trust { get; init; }

    /// <summary>The features that a worker needs for the tasks, as bits.</summary>
    public required Bytes32 Tag { get; init; }

    /// <summary>The request's parameters: any text.</summary>
    public required string Params { get; init; }

    public required ulong Category { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>The first task's index.</summary>
    public required long BotFirst { get; init; }

    /// <summary>How many tasks the deal holds.</summary>
    public required long BotSize { get; init; }

    /// <summary>Whether this is the index of one of its tasks.</summary>
    public bool Holds(long index) => index >= BotFirst && index - BotFirst < BotSize;
}
