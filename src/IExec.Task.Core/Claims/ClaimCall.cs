using System;
using System.Collections.Generic;
using System.Numerics;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transactions;

namespace IExec.Tasks.Claims;

/// <summary>The claims in a transaction: initialised tasks by their ids, and tasks to initialise by their deal and index.</summary>
internal sealed class ClaimCall(ISet<Bytes32> taskIds, ISet<(Bytes32 DealId, BigInteger Index)> uninitialized)
{
    /// <summary>Decodes a transaction; null when it is not a claim.</summary>
    public static ClaimCall? Read(KnownTransaction transaction, Address hub)
    {
        if (transaction.To != hub)
            return null;
        try
        {
            return ClaimCodec.Decode(Hex.Decode(transaction.Data)) is var (taskIds, uninitialized)
                ? new ClaimCall(new HashSet<Bytes32>(taskIds), new HashSet<(Bytes32, BigInteger)>(uninitialized))
                : null;
        }
        catch (Exception exception) when (exception is FormatException or AbiFormatException)
        {
            return null; // the hub would revert it
        }
    }

    /// <summary>Whether it claims the task.</summary>
    public bool Claims(ClaimableTask task) => taskIds.Contains(task.Id) || uninitialized.Contains((task.Deal.Id, task.Task.Index));
}
