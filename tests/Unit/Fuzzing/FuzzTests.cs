using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Fuzzing;

namespace IExec.Tasks.UnitTests.Fuzzing;

/// <summary>A few thousand inputs for each parser, the same in every run. <c>tests/Fuzzing</c> tries more for as long as it is let.</summary>
[Trait("Category", "Slow")]
public sealed class FuzzTests
{
    private const int Inputs = 6_000;

    /// <summary>A machine that is busy with other tests is no fault of an input.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Any_bytes_are_accepted_or_rejected(string name)
    {
        var target = FuzzTargets.All.Single(target => target.Name == name);
        var session = new FuzzSession(target, seed: 1, TimeLimit);
        await session.ReplayAsync();
        for (var i = 0; i < Inputs / target.Slowness; i++)
            await session.StepAsync();
    }

    [Fact]
    public void Every_folder_of_the_corpus_has_a_target() => Assert.Equal(FuzzTargets.All.Select(target => target.Name).Order(), Corpus.Names.Order());
}
