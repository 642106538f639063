using System;
using BenchmarkDotNet.Attributes;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Benchmarks;

/// <summary>What <see cref="DecodeBenchmark"/> measures; BenchmarkDotNet derives from it.</summary>
public class Decoding
{
    internal static Bytes32 TaskId { get; set; }

    internal static byte[] ReturnData { get; set; } = [];

    [Benchmark]
    public object? Decode() => TaskCodec.Decode(TaskId, ReturnData, DateTimeOffset.UnixEpoch, 421614);
}
