using System;
using System.Collections.Generic;
using System.Text;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>
/// A workerpool's contract (PoCo, <c>Workerpool</c> and <c>RegistryEntry</c>) and its registry (<c>Registry</c>), which created every contract that it lists. A
/// contract that is not listed could only imitate a workerpool.
/// </summary>
internal static class WorkerpoolCodec
{
    private const uint IsRegistered = 0xc3c5a547;

    private static readonly byte[] Owner = [0x8d, 0xa5, 0xcb, 0x5b];
    private static readonly byte[] Description = [0x58, 0x4f, 0xeb, 0x3a];
    private static readonly byte[] WorkerStakeRatioPolicy = [0xb5, 0x5e, 0x75, 0xaf];
    private static readonly byte[] SchedulerRewardRatioPolicy = [0x87, 0x63, 0x9c, 0x68];

    /// <summary>The calls that read a workerpool, for <see cref="Decode"/>.</summary>
    public static IReadOnlyList<ContractCall> Calls(Address registry, Address workerpool) =>
    [
        new(registry, new AbiWriter(IsRegistered, 1).Add(workerpool).ToArray()),
        new(workerpool, Owner),
        new(workerpool, Description),
        new(workerpool, WorkerStakeRatioPolicy),
        new(workerpool, SchedulerRewardRatioPolicy),
    ];

    /// <summary>Decodes the results of the calls.</summary>
    /// <param name="workerpool">The workerpool.</param>
    /// <param name="answers">The results in the order of the calls; null for one that reverted.</param>
    /// <param name="blockTimestamp">The time of their block.</param>
    /// <returns>The terms; null when the registry does not list it.</returns>
    /// <exception cref="AbiFormatException">The results are not those of a registry and a workerpool.</exception>
    public static WorkerpoolTerms? Decode(Address workerpool, IReadOnlyList<byte[]?> answers, DateTimeOffset blockTimestamp) =>
        !Read(answers[0]).ReadBoolean() ? null : new WorkerpoolTerms(
            workerpool,
            Read(answers[1]).ReadAddress(),
            Encoding.UTF8.GetString(Read(answers[2]).ReadBytes()), // invalid UTF-8 becomes U+FFFD: nothing depends on it
            Read(answers[3]).ReadUInt256(),
            Read(answers[4]).ReadCount(),
            blockTimestamp);

    private static AbiReader Read(byte[]? answer) => new(answer ?? throw new AbiFormatException("A call reverted."));
}
