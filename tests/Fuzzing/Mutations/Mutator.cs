using System;
using System.Linq;

namespace IExec.Tasks.Fuzzing.Mutations;

/// <summary>Makes new inputs from old ones by a few small mutations.</summary>
/// <param name="random">Decides.</param>
/// <param name="isJson">Whether half of the changes are made to JSON tokens.</param>
internal sealed class Mutator(Random random, bool isJson)
{
    private const int MostChanges = 5;

    /// <param name="input">The input to change.</param>
    /// <param name="other">One to take parts of.</param>
    /// <param name="longest">The maximum length in bytes.</param>
    public byte[] Mutate(byte[] input, byte[] other, int longest)
    {
        for (var changes = 1 + random.Next(MostChanges); changes > 0; changes--)
            input = isJson && random.Next(2) == 0 ? JsonMutations.Change(random, input, other) : ByteMutations.Change(random, input, other);
        return input.Length > longest ? [.. input.Take(longest)] : input;
    }
}
