using System.Threading.Tasks;
using Xunit.Abstractions;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>Every request of every cmdlet with every fault.</summary>
public sealed class FaultMatrixTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_fault_of_every_request_is_recovered_from_or_gives_the_right_error()
    {
        await using var world = await FaultWorld.StartAsync();

        var results = await FaultMatrix.RunAsync(world, StepList.All, FaultList.All(world.Elsewhere.Url));

        var report = new FaultReport(results);
        output.WriteLine(report.ToString());
        Assert.Empty(report.Wrong);
        Assert.Empty(world.Elsewhere.Requests);
    }
}
