using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit.Abstractions;

namespace IExec.Tasks.CmdletTests.Acceptance;

/// <summary>The acceptance tests, with each version of Pester: every test of tests/Pester is one here, with its own name and message.</summary>
public abstract class PesterTests(PesterFixture pester, ITestOutputHelper output)
{
    public static TheoryData<string> Tests => [.. PesterFiles.TestPaths()];

    [Theory]
    [MemberData(nameof(Tests))]
    public async Task Passes(string test)
    {
        var problem = (await pester.RunAsync()).ProblemOf(test);
        Assert.True(problem.Length == 0, problem);
    }

    [Fact]
    public async Task Every_test_that_ran_is_known_here_and_the_summary_is_Pesters_own()
    {
        var run = await pester.RunAsync();
        output.WriteLine(run.Screen);

        Assert.Equal(("7.6.9", pester.Version), (run.Shell, run.Pester));
        Assert.Equal(PesterFiles.TestPaths().Order(), run.Tests.Select(test => string.Join(" > ", test.Path)).Distinct().Order());
        Assert.Contains($"Tests Passed: {run.Tests.Length}, Failed: 0", run.Screen, StringComparison.Ordinal);
    }
}

/// <summary>The last Pester 5, which most people have.</summary>
public sealed class Pester5Tests(Pester5Fixture pester, ITestOutputHelper output) : PesterTests(pester, output), IClassFixture<Pester5Fixture>;

/// <summary>The newest Pester.</summary>
public sealed class Pester6Tests(Pester6Fixture pester, ITestOutputHelper output) : PesterTests(pester, output), IClassFixture<Pester6Fixture>;

/// <summary>Runs the files once for all tests of a class.</summary>
public abstract class PesterFixture
{
    private readonly Lazy<Task<PesterRun>> _run;

    private protected PesterFixture(string version)
    {
        Version = version;
        _run = new(() => PesterRun.RunAsync(version));
    }

    /// <summary>The version of Pester.</summary>
    public string Version { get; }

    internal Task<PesterRun> RunAsync() => _run.Value;
}

/// <inheritdoc/>
public sealed class Pester5Fixture() : PesterFixture("5.9.1");

/// <inheritdoc/>
public sealed class Pester6Fixture() : PesterFixture("6.2.0");
