using System;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>Reads the result of <see cref="Multicall3"/>, <c>(bool success, bytes returnData)[]</c>, call by call, in the order of the calls.</summary>
internal ref struct Multicall3Results
{
    private AbiReader _elements;
    private int _remaining;

    /// <param name="answer">The result of aggregate3.</param>
    /// <param name="expected">The number of calls that were made.</param>
    /// <exception cref="AbiFormatException">There are more or fewer results than calls.</exception>
    public Multicall3Results(ReadOnlySpan<byte> answer, int expected)
    {
        _elements = new AbiReader(answer).ReadArray(1, out var count);
        _remaining = answer.Length;
        if (count != expected)
            throw new AbiFormatException($"There are {count} results for {expected} calls.");
    }

    /// <summary>Reads the next result.</summary>
    /// <param name="returnData">The call's return or revert data, a slice of the whole.</param>
    /// <returns>Whether the call succeeded.</returns>
    public bool Read(out ReadOnlySpan<byte> returnData)
    {
        var result = _elements.ReadTuple();
        var isSuccess = result.ReadBoolean();
        returnData = result.ReadBytes();

        // Overlapping results would let a small response expand into a huge one.
        _remaining -= returnData.Length;
        if (_remaining < 0)
            throw new AbiFormatException("The results overlap.");
        return isSuccess;
    }
}
