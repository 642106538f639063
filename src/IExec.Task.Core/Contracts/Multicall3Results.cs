using System;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>The answer of <see cref="Multicall3"/>, <c>(bool success, bytes returnData)[]</c>, read call by call in the order of the calls.</summary>
internal ref struct Multicall3Results
{
    private AbiReader _elements;
    private int _unclaimed;

    /// <param name="answer">What aggregate3 returned.</param>
    /// <param name="expected">The number of calls that were made.</param>
    /// <exception cref="AbiFormatException">There are more or fewer results than calls.</exception>
    public Multicall3Results(ReadOnlySpan<byte> answer, int expected)
    {
        _elements = new AbiReader(answer).ReadArray(1, out var count);
        _unclaimed = answer.Length;
        if (count != expected)
            throw new AbiFormatException($"There are {count} results for {expected} calls.");
    }

    /// <summary>Reads the next result.</summary>
    /// <param name="returnData">What the call returned, or what it reverted with: a slice of the answer.</param>
    /// <returns>Whether the call succeeded.</returns>
    public bool Read(out ReadOnlySpan<byte> returnData)
    {
        var result = _elements.ReadTuple();
        var isSuccess = result.ReadBoolean();
        returnData = result.ReadBytes();

        // Results that share bytes would let a small answer stand for a huge one.
        _unclaimed -= returnData.Length;
        if (_unclaimed < 0)
            throw new AbiFormatException("The results overlap.");
        return isSuccess;
    }
}
