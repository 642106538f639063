using System.Threading;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>Counts the requests of one command that match a step.</summary>
internal sealed class StepCounter(Step step)
{
    private volatile bool _hasBegun = step.After is null;
    private int _count;

    /// <summary>The number of this request among the matching ones, from 1; 0 when it does not match or comes before <see cref="Step.After"/>.</summary>
    public int Count(RecordedRequest request)
    {
        if (_hasBegun)
            return step.Matches(request) ? Interlocked.Increment(ref _count) : 0;
        _hasBegun = step.After!(request);
        return 0;
    }
}
