using IExec.Tasks.Workerpools;

namespace IExec.Tasks.UnitTests.Workerpools;

public sealed class StatusExplanationsTests
{
    [Theory]
    [InlineData("INITIALIZE_FAILED")]
    [InlineData("RUNNING_FAILED")]
    [InlineData("CONTRIBUTION_TIMEOUT")]
    [InlineData("REOPEN_FAILED")]
    [InlineData("RESULT_UPLOAD_TIMEOUT")]
    [InlineData("FINALIZE_FAILED")]
    [InlineData("FINAL_DEADLINE_REACHED")]
    [InlineData("FAILED")]
    public void Every_failing_state_of_a_task_is_explained(string status) => Assert.Contains("Invoke-IExecTaskClaim", StatusExplanations.OfTask(status, []));

    [Theory]
    [InlineData("RECEIVED")]
    [InlineData("INITIALIZED")]
    [InlineData("CONSENSUS_REACHED")]
    [InlineData("COMPLETED")]
    [InlineData("SOMETHING_NEW")]
    [InlineData(null)]
    public void Success_and_unknown_statuses_are_not_explained(string? status) => Assert.Null(StatusExplanations.OfTask(status, []));

    [Fact]
    public void A_running_task_without_a_worker_is_explained() => Assert.Contains("No worker", StatusExplanations.OfTask("RUNNING", []));

    [Theory]
    [InlineData("START_FAILED")]
    [InlineData("APP_DOWNLOAD_FAILED")]
    [InlineData("DATA_DOWNLOAD_FAILED")]
    [InlineData("COMPUTE_FAILED")]
    [InlineData("CONTRIBUTE_FAILED")]
    [InlineData("REVEAL_FAILED")]
    [InlineData("RESULT_UPLOAD_FAILED")]
    [InlineData("CONTRIBUTE_AND_FINALIZE_FAILED")]
    [InlineData("WORKER_LOST")]
    public void Every_failing_state_of_a_worker_is_explained(string status) => Assert.NotNull(StatusExplanations.OfReplicate(status, [], null));

    [Theory]
    [InlineData("APP_IMAGE_DOWNLOAD_FAILED", "image")]
    [InlineData("DATASET_FILE_BAD_CHECKSUM", "checksum")]
    [InlineData("APP_COMPUTE_TIMEOUT", "category")]
    [InlineData("POST_COMPUTE_COMPUTED_FILE_NOT_FOUND", "computed.json")]
    [InlineData("POST_COMPUTE_TOO_LONG_RESULT_FILE_NAME", "31 characters")]
    [InlineData("TEE_SESSION_GENERATION_SOMETHING_NEW", "trusted hardware")]
    [InlineData("PRE_COMPUTE_SOMETHING_NEW", "prepare")]
    [InlineData("POST_COMPUTE_SOMETHING_NEW", "packed or uploaded")]
    public void A_cause_says_more_than_the_status(string cause, string words)
    {
        var history = new[] { Update("COMPUTE_FAILED", cause), Update("ABORTED") };

        Assert.Contains(words, StatusExplanations.OfReplicate("ABORTED", history, null));
    }

    [Fact]
    public void An_exit_code_is_named_when_the_application_failed()
    {
        Assert.StartsWith("The application failed with exit code 137.", StatusExplanations.OfReplicate("COMPUTE_FAILED", [Update("COMPUTE_FAILED", "APP_COMPUTE_FAILED")], 137));
        Assert.StartsWith("The application failed.", StatusExplanations.OfReplicate("COMPUTE_FAILED", [], null));
        Assert.StartsWith("The application ended with exit code 1.", StatusExplanations.OfReplicate("COMPUTED", [Update("COMPUTED")], 1));
        Assert.Null(StatusExplanations.OfReplicate("COMPUTED", [Update("COMPUTED")], 0));
    }

    [Fact]
    public void A_problem_that_is_over_is_not_explained() =>
        Assert.Null(StatusExplanations.OfReplicate("COMPUTING", [Update("STARTED", "CHAIN_UNREACHABLE"), Update("COMPUTING")], null));

    [Fact]
    public void The_same_problem_of_several_workers_is_explained_once()
    {
        IExecTaskReplicate Worker(string explanation) => new() { Status = "ABORTED", Explanation = explanation };

        Assert.Equal("a\nb", StatusExplanations.OfTask("RUNNING", [Worker("a"), Worker("b"), Worker("a")]));
        Assert.Null(StatusExplanations.OfTask("COMPLETED", [Worker("a")]));
    }

    private static IExecTaskOffchainStatus Update(string status, string? cause = null) => new() { Status = status, Cause = cause };
}
