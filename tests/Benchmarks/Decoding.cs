using System;
using BenchmarkDotNet.Attributes;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using Nethereum.ABI.FunctionEncoding;

namespace IExec.Tasks.Benchmarks;

/// <summary>What <see cref="DecodeBenchmark"/> measures; BenchmarkDotNet derives from it.</summary>
public class Decoding
{
    internal static Bytes32 TaskId { get; set; }

    internal static byte[] ReturnData { get; set; } = [];

    internal static string ReturnText { get; set; } = "";

    [Benchmark]
    public object? Decode() => TaskCodec.Decode(TaskId, ReturnData, DateTimeOffset.UnixEpoch, 421614);

    [Benchmark]
    public object DecodeByNethereum() => new FunctionCallDecoder().DecodeFunctionOutput<NethereumTask>(ReturnText);
}
