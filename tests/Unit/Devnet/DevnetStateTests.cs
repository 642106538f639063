using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.UnitTests.Devnet;

[Trait("Category", "Slow")]
public sealed class DevnetStateTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Theory]
    [InlineData(DevnetProfile.Bellecour)]
    [InlineData(DevnetProfile.Arbitrum)]
    public async Task Every_named_task_is_in_the_state_that_its_name_says(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);

        foreach (var (name, task) in chain.State.Tasks)
        {
            Assert.True(ExpectedStatus(task.State) == await chain.GetStatusAsync(task.TaskId), name);
        }
    }

    [Theory]
    [InlineData(DevnetProfile.Bellecour, 134)]
    [InlineData(DevnetProfile.Arbitrum, 421614)]
    public async Task The_node_serves_the_profile_with_the_wall_clock(DevnetProfile profile, int chainId)
    {
        var chain = await devnet.GetAsync(profile);

        Assert.Equal($"0x{chainId:x}", (await chain.SendAsync("eth_chainId")).GetString());
        Assert.InRange(await chain.GetTimestampAsync(), DateTimeOffset.UtcNow.AddMinutes(-30), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Task_ids_are_the_same_in_every_build()
    {
        var bellecour = await DevnetState.LoadAsync(DevnetProfile.Bellecour);
        var arbitrum = await DevnetState.LoadAsync(DevnetProfile.Arbitrum);

        Assert.Equal("0x6e75341390f553351dbd8e0a2a2bff7750d70006862ca4eaccc35bc7f5c15c99", bellecour.Tasks["active"].TaskId);
        Assert.Equal("0x1500815c2933d8af10f4df1de3c2bba4a2780b48f0b98226cf7674bc3be4ac9b", arbitrum.Tasks["active"].TaskId);
    }

    [Fact]
    public async Task Every_archive_is_there_as_blocks_and_as_a_whole()
    {
        var state = await DevnetState.LoadAsync(DevnetProfile.Bellecour);

        foreach (var (name, content) in state.Content.Where(item => item.Value.File is not null))
        {
            Assert.True(File.Exists(Path.Combine(DevnetFiles.Blocks, content.Cid)), name);
            Assert.Equal(content.Size, content.ReadArchive().Length);
        }
    }

    [Fact]
    public async Task A_deal_of_a_partly_used_request_order_begins_above_zero()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        var deal = chain.State.Deals["claimMixed"];

        var result = await chain.SendAsync("eth_call", new { to = chain.State.Contracts.Hub, data = "0xb74861b2" + deal.DealId[2..] }, "latest");
        var botFirst = result.GetString()!.AsSpan(2 + (64 * 18), 64);

        Assert.Equal(100, deal.BotFirst);
        Assert.EndsWith("64", botFirst.ToString(), StringComparison.Ordinal);
    }

    private static int ExpectedStatus(string state) => state switch
    {
        "unset" => 0,
        "active" or "contributed" => 1,
        "revealing" or "revealed" => 2,
        "completed" => 3,
        _ => 4,
    };
}
