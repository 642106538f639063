using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <summary>What is on a chain when it starts, by name. All ids, addresses and keys are 0x hex.</summary>
public sealed record DevnetState
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };
    private IReadOnlyDictionary<string, DevnetTask>? _tasks;

    /// <summary>134 or 421614.</summary>
    public required int ChainId { get; init; }

    /// <summary>Addresses of the contracts.</summary>
    public required DevnetContracts Contracts { get; init; }

    /// <summary>The accounts, all unlocked.</summary>
    public required DevnetAccounts Accounts { get; init; }

    /// <summary>By name: main, noName, noUrl, badUrl, deadUrl.</summary>
    public required IReadOnlyDictionary<string, DevnetWorkerpool> Workerpools { get; init; }

    /// <summary>Every deal, those of a single task included.</summary>
    public required IReadOnlyDictionary<string, DevnetDeal> Deals { get; init; }

    /// <summary>The result archives on IPFS.</summary>
    public required IReadOnlyDictionary<string, DevnetContent> Content { get; init; }

    /// <summary>The tasks with a name: those that are alone in their deal.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, DevnetTask> Tasks => _tasks ??= Deals
        .Where(deal => deal.Value.Volume == 1)
        .ToDictionary(deal => deal.Key, deal => deal.Value.Tasks[0], StringComparer.Ordinal);

    /// <summary>Reads the state of a profile, and builds it if need be; no chain is started.</summary>
    public static async Task<DevnetState> LoadAsync(DevnetProfile profile)
    {
        await DevnetBuild.EnsureAsync();
        await using var file = File.OpenRead(Path.Combine(DevnetFiles.State, $"{FileName(profile)}.json"));
        return (await JsonSerializer.DeserializeAsync<DevnetState>(file, Json))!;
    }

    /// <summary>The file that <c>anvil --load-state</c> reads.</summary>
    internal static string AnvilFile(DevnetProfile profile) => Path.Combine(DevnetFiles.State, $"{FileName(profile)}.anvil.json");

    private static string FileName(DevnetProfile profile) => profile == DevnetProfile.Bellecour ? "bellecour" : "arbitrum";
}
