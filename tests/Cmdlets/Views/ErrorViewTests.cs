using System;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Views;

/// <summary>What a user sees of an error at a console.</summary>
public sealed class ErrorViewTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Fact]
    public async Task An_error_says_what_is_wrong_and_what_to_do()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var text = host.Render("Get-IExecTask 0x12");

        Assert.Equal(
            [
                "Get-IExecTask: '0x12' is not a task id.",
                "Recommendation: Pass a task id: 0x followed by 64 hexadecimal digits.",
            ],
            text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
