using System;
using System.Threading.Tasks;
using IExec.Tasks.CmdletTests.Workerpools;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Diagnosis;

/// <summary>A task of a new XS deal (unit of time 5 minutes), with methods to set its state on the chain and at the scheduler.</summary>
internal sealed class DiagnosedTask(Workerpool pool, DevnetDeal deal)
{
    private SchedulerTask? _known;

    public DevnetDeal Deal => deal;

    public string Id => deal.Tasks[0].TaskId;

    private DevnetChain Chain => pool.Chain;

    private string Digest => deal.Tasks[0].Digest;

    public async Task<DiagnosedTask> InitializeAsync()
    {
        await Chain.InitializeAsync(deal.DealId, 0);
        return this;
    }

    public async Task<DiagnosedTask> ContributeAsync()
    {
        await InitializeAsync();
        await Chain.ContributeAsync(Id, Digest);
        return this;
    }

    public async Task<DiagnosedTask> RevealAsync()
    {
        await ContributeAsync();
        await Chain.RevealAsync(Id, Digest);
        return this;
    }

    public async Task<DiagnosedTask> FinalizeAsync()
    {
        await RevealAsync();
        await Chain.FinalizeAsync(Id);
        return this;
    }

    /// <summary>Makes the workers agree on a digest, and store a result.</summary>
    public async Task FinalizeAsync(string digest, string results)
    {
        await InitializeAsync();
        await Chain.ContributeAsync(Id, digest);
        await Chain.RevealAsync(Id, digest);
        await Chain.FinalizeAsync(Id, results);
    }

    public async Task<DiagnosedTask> PassAsync(int minutes)
    {
        await Chain.IncreaseTimeAsync(TimeSpan.FromMinutes(minutes));
        return this;
    }

    /// <summary>Sets the scheduler's status of the task.</summary>
    public async Task<DiagnosedTask> SayAsync(string status)
    {
        _known ??= pool.Scheduler.Add(Id, pool.Requester.Address);
        _known.Move(status, await Chain.GetTimestampAsync());
        return this;
    }

    /// <summary>Sets the scheduler's status of a worker.</summary>
    public async Task<SchedulerReplicate> WorkAsync(string status, string? cause = null)
    {
        _known ??= pool.Scheduler.Add(Id, pool.Requester.Address);
        return _known.AddReplicate(pool.Worker).Move(status, await Chain.GetTimestampAsync(), cause);
    }
}
