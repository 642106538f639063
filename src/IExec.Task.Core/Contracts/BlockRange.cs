namespace IExec.Tasks.Contracts;

/// <summary>A range of blocks.</summary>
/// <param name="First">The number of the oldest.</param>
/// <param name="Last">The number of the newest; less than <paramref name="First"/> for an empty range.</param>
internal sealed record BlockRange(long First, long Last)
{
    /// <summary>The number of blocks.</summary>
    public long Count => Last - First + 1;

    /// <summary>Whether a block is in the range.</summary>
    public bool Contains(long block) => block >= First && block <= Last;

    /// <summary>The newest blocks of the range, at most this many.</summary>
    public BlockRange Newest(long count) => count >= Count ? this : this with { First = Last - count + 1 };
}
