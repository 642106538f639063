namespace IExec.Tasks.Contracts;

/// <summary>Blocks, from the first to the last of them.</summary>
/// <param name="First">The number of the oldest.</param>
/// <param name="Last">The number of the newest; less than <paramref name="First"/> when there are none.</param>
internal sealed record BlockRange(long First, long Last)
{
    /// <summary>How many they are.</summary>
    public long Count => Last - First + 1;

    /// <summary>Whether a block is one of them.</summary>
    public bool Contains(long block) => block >= First && block <= Last;

    /// <summary>The newest of them, no more than so many.</summary>
    public BlockRange Newest(long count) => count >= Count ? this : this with { First = Last - count + 1 };
}
