using System;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Deals;

/// <summary>The conditions of a search; deals must meet all that are set.</summary>
internal sealed record DealFilter
{
    /// <summary>The requester or the payer.</summary>
    public Address? Account { get; init; }

    public Address? Requester { get; init; }

    public Address? Beneficiary { get; init; }

    /// <summary>The payer.</summary>
    public Address? Payer { get; init; }

    public Address? App { get; init; }

    public Address? Dataset { get; init; }

    public Address? Workerpool { get; init; }

    /// <summary>The earliest time at which they were made.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest time at which they were made.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether to find only deals with tasks that may be claimable.</summary>
    public bool Claimable { get; init; }

    /// <summary>Whether a deal matches, by its data on the chain.</summary>
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
