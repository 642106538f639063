using System;
using System.Collections.Generic;
using System.Text.Json;
using IExec.Tasks.Contracts;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transactions;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Fuzzing.Targets;

/// <summary>The responses of nodes.</summary>
internal static class RpcTargets
{
    private static readonly RpcRequest Request = new("eth_call");
    private static readonly UrlSecrets Secrets = new(new Uri("https://user:password@node.example/rpc/0123456789?apikey=secret"));

    /// <summary>What the corpus is about.</summary>
    private static readonly Address Hub = Address.Parse("0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E");
    private static readonly Bytes32 Hash = Bytes32.Parse("0x91fd26642cf3b75bfb86b9704a3668b7718104fa6e59e46674fa51757cdf0ea1");

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("rpc-single", ReadSingle, typeof(JsonException), typeof(IExecException)) { IsJson = true },
        new("rpc-batch", ReadBatch, typeof(JsonException), typeof(IExecException)) { IsJson = true },
        new("rpc-error", input => RpcEnvelope.FindError(Answer(input), isBatch: false)) { IsJson = true },
        new("rpc-message", input => RpcIncoming.Read(input), typeof(JsonException)) { IsJson = true },
        new("block", input => BlockHeader.Read(Reply(input)), typeof(JsonException), typeof(IExecException)) { IsJson = true },
        new("receipt", input => TransactionReceipt.Read(Reply(input), Hash), typeof(JsonException), typeof(IExecException)) { IsJson = true },
        new("transaction", input => KnownTransaction.Read(Reply(input), Hash), typeof(JsonException), typeof(IExecException)) { IsJson = true },
        new("block-transactions", input => BlockTransactions.Read(Reply(input), 16), typeof(JsonException), typeof(IExecException)) { IsJson = true },
        new("task-log", input => TaskEventCodec.Decode(Reply(input).GetJson(), Hub), typeof(JsonException), typeof(IExecException), typeof(AbiFormatException)) { IsJson = true },
        new("outcome-log", input => OutcomeLogCodec.Find(Reply(input).GetJson(), Hub), typeof(JsonException), typeof(IExecException), typeof(AbiFormatException)) { IsJson = true },
    ];

    private static void ReadSingle(byte[] input) => Use(RpcEnvelope.ReadSingle(Answer(input), Request, 1));

    private static void ReadBatch(byte[] input)
    {
        foreach (var reply in RpcEnvelope.ReadBatch(Answer(input), [Request, Request, Request], 1))
            Use(reply);
    }

    /// <summary>Every reader of a result gives a value or an error of its own.</summary>
    private static void Use(RpcReply reply)
    {
        if (reply.Error is not null || reply.IsNull)
            return;
        foreach (var use in new Action[] { () => reply.GetHexBytes(), () => reply.GetQuantity(), () => reply.GetUInt64(), () => reply.GetBytes32(), () => reply.GetJson() })
        {
            try
            {
                use();
            }
            catch (IExecException exception)
            {
                Require.That(exception.ErrorId == IExecErrorId.RpcError, "a result that cannot be used is an RpcError");
            }
        }
    }

    /// <summary>A result as the envelope hands it on: a JSON value, and nothing else.</summary>
    private static RpcReply Reply(byte[] input) => RpcEnvelope.ReadSingle(Answer([.. """{"id":1,"result":"""u8, .. input, .. "}"u8]), Request, 1);

    private static RpcAnswer Answer(byte[] utf8) => new(utf8, Secrets);
}
