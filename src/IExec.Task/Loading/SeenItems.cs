using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Loading;

/// <summary>
/// The tasks, deals, workers and workerpools that a runspace's cmdlets have emitted, for completion. Only valid ids and addresses are kept: a completed
/// word becomes part of a command, and some of these come from workerpools, which are not trusted.
/// </summary>
internal sealed class SeenItems
{
    public RecentList Tasks { get; } = new();

    public RecentList Deals { get; } = new();

    public RecentList Workers { get; } = new();

    public RecentList Workerpools { get; } = new();

    /// <summary>Remembers the ids in an object of the module.</summary>
    public void Add(object item)
    {
        switch (item)
        {
            case IExecTask task:
                Add(task);
                break;
            case IExecTaskUpdate update:
                Add(update.Task);
                AddWorker(update.Worker, update.TaskId);
                break;
            case IExecTaskOffchainInfo info:
                Tasks.Add(info.TaskId, null);
                Workerpools.Add(info.Workerpool, null);
                foreach (var replicate in info.Replicates)
                    AddWorker(replicate.Worker, info.TaskId);
                break;
            case IExecTaskEvent happened:
                Tasks.Add(happened.TaskId, null);
                AddWorker(happened.Worker, happened.TaskId);
                break;
            case IExecTaskDiagnosis diagnosis:
                Add(diagnosis.Task);
                break;
            case IExecTaskLog log:
                Tasks.Add(log.TaskId, null);
                AddWorker(log.Worker, log.TaskId);
                break;
            case IExecTaskResult result:
                Tasks.Add(result.TaskId, null);
                break;
            case IExecTaskClaim claim:
                Tasks.Add(claim.TaskId, $"FAILED, claimed; of deal {claim.DealId}");
                break;
            case IExecUnsignedTransaction draft:
                foreach (var taskId in draft.TaskId)
                    Tasks.Add(taskId, null);
                break;
            case IExecDeal deal:
                Deals.Add(deal.DealId, $"Deal of {deal.StartTime:u}: {deal.Tasks}");
                Workerpools.Add(deal.Workerpool.Address, null);
                break;
            case IExecWorkerpool pool:
                Workerpools.Add(pool.Address, $"Workerpool on chain {pool.ChainId}");
                break;
        }
    }

    private void Add(IExecTask task)
    {
        Tasks.Add(task.TaskId, $"{task.StatusName}, index {task.Index} of deal {task.DealId}");
        Deals.Add(task.DealId, $"Deal on chain {task.ChainId}; its task {task.Index} was {task.StatusName}");
        foreach (var contributor in task.Contributors)
            AddWorker(contributor, task.TaskId);
    }

    private void AddWorker(string? worker, string taskId)
    {
        if (Address.TryParse(worker, out var address))
            Workers.Add(address.ToString(), $"Worker of task {taskId}");
    }
}
