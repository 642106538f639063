using System;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Claims;

public sealed class ClaimViewTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Claims_are_rows_with_the_whole_id_under_their_transaction_and_whom_it_refunds(int width)
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester, new HostOptions { Width = width });
        var deal = chain.State.Deals["sponsored"];

        var text = host.Render($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Force -WarningAction SilentlyContinue");

        Assert.All(deal.Tasks, task => Assert.Contains($" 0.000103 {task.TaskId}", text, StringComparison.Ordinal));
        Assert.Contains(deal.Sponsor, text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('\n'), line => line.Length > width);
    }
}
