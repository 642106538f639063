namespace IExec.Tasks.Tasks;

/// <summary>A task that a user named, or why what the user named is none.</summary>
/// <param name="Input">How it was named.</param>
/// <param name="Target">The task; null on failure.</param>
/// <param name="Failure">InvalidTaskId, InvalidDealId, DealNotFound or TaskNotInDeal; null on success.</param>
internal sealed record FoundTask(object Input, TaskTarget? Target, IExecException? Failure);
