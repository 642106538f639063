using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Cmdlets;

namespace IExec.Tasks.CmdletTests.Cmdlets;

/// <summary>A cmdlet whose three methods are what a test passes, so that each test shows its whole scenario.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AsyncProbe", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(object))]
public sealed class InvokeAsyncProbeCommand : AsyncCmdlet
{
    public delegate Task Method(InvokeAsyncProbeCommand cmdlet, CancellationToken cancellationToken);

    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    [Parameter]
    public Method? Begin { get; set; }

    [Parameter]
    public Method? Process { get; set; }

    [Parameter]
    public Method? End { get; set; }

    [Parameter]
    public Action? OnDispose { get; set; }

    public void Post(Action action) => PostToPipeline(action);

    protected override Task BeginAsync(CancellationToken cancellationToken) => Begin?.Invoke(this, cancellationToken) ?? Task.CompletedTask;

    protected override Task ProcessAsync(CancellationToken cancellationToken) => Process?.Invoke(this, cancellationToken) ?? Task.CompletedTask;

    protected override Task EndAsync(CancellationToken cancellationToken) => End?.Invoke(this, cancellationToken) ?? Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        OnDispose?.Invoke();
        base.Dispose(disposing);
    }
}
