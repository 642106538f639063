using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>Confirmation prompts: nothing is sent that the user did not confirm.</summary>
public sealed class ClaimConfirmationTests : IAsyncLifetime
{
    private const int Yes = 0;
    private const int No = 2;
    private DevnetChain _chain = null!;
    private long _before;

    public async Task InitializeAsync()
    {
        _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        _before = await _chain.CountTransactionsAsync(_chain.State.Accounts.Requester);
    }

    public async Task DisposeAsync() => await _chain.DisposeAsync();

    [Theory]
    [InlineData("Invoke-IExecTaskClaim $id", 1, true)]
    [InlineData("Invoke-IExecTaskClaim $id -Confirm", 1, true)]
    [InlineData("Invoke-IExecTaskClaim $id -Force", 0, true)]
    [InlineData("Invoke-IExecTaskClaim $id -Confirm:$false", 0, true)]
    [InlineData("Invoke-IExecTaskClaim $id -Force -Confirm", 1, true)]
    [InlineData("Invoke-IExecTaskClaim $id -WhatIf", 0, false)]
    [InlineData("Invoke-IExecTaskClaim $id -Force -WhatIf", 0, false)]
    [InlineData("$WhatIfPreference = $true; Invoke-IExecTaskClaim $id -Force", 0, false)]
    [InlineData("$WhatIfPreference = $true; Invoke-IExecTaskClaim $id -Force -WhatIf:$false", 0, true)]
    [InlineData("$ConfirmPreference = 'None'; Invoke-IExecTaskClaim $id", 0, true)]
    [InlineData("$ConfirmPreference = 'None'; Invoke-IExecTaskClaim $id -Force -WhatIf", 0, false)]
    public async Task Prompts_by_default_and_WhatIf_always_wins(string command, int prompts, bool claims)
    {
        using var host = _chain.ConnectAs(_chain.State.Accounts.Requester, new HostOptions { Choices = [Yes] });
        host.Set("id", _chain.State.Tasks["claimable0"].TaskId);

        var result = host.Invoke(command);

        Assert.Equal(prompts, result.Prompts.Count);
        Assert.Equal(claims ? 1 : 0, result.As<IExecTaskClaim>().Count);
        Assert.Equal(claims ? 1 : 0, await CountSentAsync());
        Assert.Equal(!claims, result.HostText.Contains("What if:", StringComparison.Ordinal));
    }

    [Fact]
    public void Force_leaves_the_preference_of_the_session_as_it_is()
    {
        using var host = _chain.ConnectAs(_chain.State.Accounts.Requester);

        host.Invoke($"Invoke-IExecTaskClaim {_chain.State.Tasks["claimable0"].TaskId} -Force").ThrowOnError();

        Assert.Equal("High", host.Invoke("$ConfirmPreference").Output.Single().ToString());
    }

    [Fact]
    public async Task Prompts_once_for_each_deal_and_sends_only_what_was_confirmed()
    {
        using var host = _chain.ConnectAs(_chain.State.Accounts.Requester, new HostOptions { Choices = [No, Yes] });
        var (bag, sponsored) = (_chain.State.Deals["bagTimeout"], _chain.State.Deals["sponsored"]);

        var result = host.Invoke($"Get-IExecTask -DealId {bag.DealId}, {sponsored.DealId} | Invoke-IExecTaskClaim");

        Assert.Equal(2, result.Prompts.Count);
        Assert.Contains($"Claim 100 tasks of deal {bag.DealId} and refund 0 RLC to {_chain.State.Accounts.Requester.Address}?", result.Prompts[0], StringComparison.Ordinal);
        Assert.Contains($"Claim 4 tasks of deal {sponsored.DealId} and refund 0.000412 RLC to {_chain.State.Accounts.Sponsor.Address}?", result.Prompts[1], StringComparison.Ordinal);
        Assert.Equal(sponsored.Tasks.Select(task => task.TaskId).Order(), result.As<IExecTaskClaim>().Select(claim => claim.TaskId).Order());
        Assert.Equal(2, await CountSentAsync());
    }

    [Fact]
    public async Task WhatIf_makes_the_checks_and_the_dry_run_without_a_key_and_sends_nothing()
    {
        await using var proxy = await RpcProxy.StartAsync(_chain.RpcUrl);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url}").ThrowOnError();
        var deal = _chain.State.Deals["claimMixed"];

        var result = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -WhatIf; Invoke-IExecTaskClaim {_chain.State.Tasks["active"].TaskId} -WhatIf");

        Assert.Contains($"What if: Claim 100 tasks of deal {deal.DealId}, refund 0.00011 RLC to {deal.Sponsor}", result.HostText, StringComparison.Ordinal);
        Assert.Equal("ClaimTooEarly", result.SingleErrorId());
        Assert.Empty(result.Output);
        Assert.DoesNotContain(proxy.Server.Requests, request => request.Text.Contains("eth_send", StringComparison.Ordinal));
        Assert.Contains(proxy.Server.Requests, request => request.Text.Contains("0xf722cb32", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_that_cannot_prompt_is_an_error()
    {
        using var host = _chain.ConnectAs(_chain.State.Accounts.Requester);

        var result = host.Invoke($"Invoke-IExecTaskClaim {_chain.State.Tasks["claimable0"].TaskId}");

        Assert.Single(result.ErrorIds());
        Assert.Equal(0, await CountSentAsync());
    }

    [Fact]
    public void Without_a_key_it_says_so_before_it_does_anything()
    {
        using var host = _chain.Connect();

        Assert.Equal("SignerRequired", host.Invoke("Invoke-IExecTaskClaim hello -Force").SingleErrorId());
    }

    private async Task<long> CountSentAsync() => await _chain.CountTransactionsAsync(_chain.State.Accounts.Requester) - _before;
}
