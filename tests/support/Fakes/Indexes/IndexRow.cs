namespace IExec.Tasks.Fakes.Indexes;

/// <summary>A deal as an index has it. Addresses are in lower case; prices are left out.</summary>
public sealed record IndexRow
{
    public required string DealId { get; init; }

    public required string Requester { get; init; }

    public required string Beneficiary { get; init; }

    public required string Sponsor { get; init; }

    public required string App { get; init; }

    public string Dataset { get; init; } = "0x0000000000000000000000000000000000000000";

    public required string Workerpool { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public required long StartTime { get; init; }

    public required long BotSize { get; init; }

    public long Completed { get; init; }

    public long Claimed { get; init; }

    /// <summary>The block in which it was made.</summary>
    public required long Block { get; init; }

    /// <summary>A deal of the chain.</summary>
    public static IndexRow Of(IExecDeal deal, long block) => new()
    {
        DealId = deal.DealId,
        Requester = deal.Requester.ToLowerInvariant(),
        Beneficiary = deal.Beneficiary.ToLowerInvariant(),
        Sponsor = deal.Payer.ToLowerInvariant(),
        App = deal.App.Address.ToLowerInvariant(),
        Dataset = deal.Dataset?.Address.ToLowerInvariant() ?? "0x0000000000000000000000000000000000000000",
        Workerpool = deal.Workerpool.Address.ToLowerInvariant(),
        StartTime = deal.StartTime.ToUnixTimeSeconds(),
        BotSize = deal.BotSize,
        Completed = deal.Tasks.Completed,
        Claimed = deal.Tasks.Failed,
        Block = block,
    };
}
