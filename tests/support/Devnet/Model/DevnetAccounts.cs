namespace IExec.Tasks.Devnet;

/// <summary>The accounts of the devnet.</summary>
/// <param name="Admin">Owns the hub.</param>
/// <param name="Requester">Requester of nearly all deals.</param>
/// <param name="Sponsor">Pays for <c>sponsored</c>; requester of <c>otherRequester</c>.</param>
/// <param name="Beneficiary">Beneficiary of all deals.</param>
/// <param name="AppOwner">Owns the app.</param>
/// <param name="DatasetOwner">Owns the dataset.</param>
/// <param name="Scheduler">Owns the workerpools.</param>
/// <param name="Scheduler2">Has a deposit, owns nothing.</param>
/// <param name="Worker1">Contributes to all tasks.</param>
/// <param name="Worker2">A second worker, for tests.</param>
/// <param name="Anyone">Has no part in any deal.</param>
public sealed record DevnetAccounts(
    DevnetAccount Admin,
    DevnetAccount Requester,
    DevnetAccount Sponsor,
    DevnetAccount Beneficiary,
    DevnetAccount AppOwner,
    DevnetAccount DatasetOwner,
    DevnetAccount Scheduler,
    DevnetAccount Scheduler2,
    DevnetAccount Worker1,
    DevnetAccount Worker2,
    DevnetAccount Anyone);
