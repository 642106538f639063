using System.Collections.Generic;

namespace IExec.Tasks.Devnet;

/// <summary>A deal.</summary>
/// <param name="DealId">keccak256(request order hash, <paramref name="BotFirst"/>).</param>
/// <param name="Category">0 (XS) to 5 (FOREVER).</param>
/// <param name="Requester">Address.</param>
/// <param name="Sponsor">Who paid; mostly the requester.</param>
/// <param name="Workerpool">Name of the workerpool.</param>
/// <param name="Prices">Of app, dataset and workerpool for each task, in nRLC.</param>
/// <param name="BotFirst">Index of the first task.</param>
/// <param name="Volume">Number of tasks.</param>
/// <param name="Tasks">In the order of their indexes.</param>
public sealed record DevnetDeal(
    string DealId,
    int Category,
    string Requester,
    string Sponsor,
    string Workerpool,
    IReadOnlyList<long> Prices,
    int BotFirst,
    int Volume,
    IReadOnlyList<DevnetTask> Tasks);
