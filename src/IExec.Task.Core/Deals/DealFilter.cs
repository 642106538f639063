using System;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Deals;

/// <summary>Which deals are wanted: those that meet all of what is given.</summary>
internal sealed record DealFilter
{
    /// <summary>Who requested them or paid for them.</summary>
    public Address? Account { get; init; }

    public Address? Requester { get; init; }

    public Address? Beneficiary { get; init; }

    /// <summary>Who paid for them.</summary>
    public Address? Payer { get; init; }

    public Address? App { get; init; }

    public Address? Dataset { get; init; }

    public Address? Workerpool { get; init; }

    /// <summary>The earliest time at which they were made.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest time at which they were made.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether only those matter in which tasks may be claimable.</summary>
    public bool Claimable { get; init; }

    /// <summary>Whether a deal is wanted, by what the chain says of it.</summary>
    public bool Fits(Deal deal) =>
        (Account is null || Account == deal.Requester || Account == deal.Sponsor)
        && IsOrAny(Requester, deal.Requester)
        && IsOrAny(Beneficiary, deal.Beneficiary)
        && IsOrAny(Payer, deal.Sponsor)
        && IsOrAny(App, deal.App.Address)
        && IsOrAny(Dataset, deal.Dataset.Address)
        && IsOrAny(Workerpool, deal.Workerpool.Address)
        && !(deal.StartTime < Since)
        && !(deal.StartTime > Until);

    private static bool IsOrAny(Address? wanted, Address actual) => wanted is null || wanted == actual;
}
