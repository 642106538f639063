using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>A claim is interrupted before its outcome is known: the user always has the transaction's hash. No block is mined here.</summary>
public sealed class ClaimInterruptionTests : IAsyncLifetime, IDisposable
{
    private const string Send = "eth_sendRawTransaction";
    private const string Receipt = "eth_getTransactionReceipt";
    private readonly ManualResetEventSlim _reached = new();
    private readonly ManualResetEventSlim _goOn = new();
    private DevnetChain _chain = null!;
    private RpcProxy _proxy = null!;

    private DevnetAccount Requester => _chain.State.Accounts.Requester;

    private string TaskId => _chain.State.Tasks["claimable0"].TaskId;

    private string Hash => Bytes32.Keccak(Hex.Decode(Assert.Single(_proxy.SentTransactions()))).ToString();

    public async Task InitializeAsync()
    {
        _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum, new DevnetOptions { AutoMine = false, BaseFeePerGas = 100_000_000 });
        _proxy = await RpcProxy.StartAsync(_chain.RpcUrl);
    }

    public async Task DisposeAsync()
    {
        _goOn.Set();
        await _proxy.DisposeAsync();
        await _chain.DisposeAsync();
    }

    public void Dispose()
    {
        _reached.Dispose();
        _goOn.Dispose();
    }

    [Fact]
    public void The_hash_is_a_warning_before_the_request_that_sends_it_leaves()
    {
        using var host = Connect();
        HoldAt(Send);
        using var running = Start(host);

        WaitUntilReached(running);

        Assert.Contains(Hash, Assert.Single(running.Streams.Warning.ReadAll().Select(warning => warning.Message), IsOfTransaction), StringComparison.Ordinal);
        running.Stop();
    }

    [Fact]
    public async Task Nothing_is_sent_when_the_user_wants_to_end_at_a_warning()
    {
        using var host = Connect();

        var result = host.Invoke($"Invoke-IExecTaskClaim {TaskId} -Force -WarningAction Stop");

        Assert.IsType<ActionPreferenceStopException>(result.Failure);
        Assert.Empty(_proxy.SentTransactions());
        Assert.Equal("0x0", (await _chain.SendAsync("txpool_status")).GetProperty("pending").GetString());
    }

    [Fact]
    public void An_account_of_the_node_and_its_nonce_are_told_before_and_the_hash_as_soon_as_it_is_known()
    {
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {_proxy.Server.Url}").ThrowOnError();

        var result = host.Invoke($"Invoke-IExecTaskClaim {TaskId} -Force -From {Requester.Address} -TimeoutSec 1");

        Assert.Equal("ClaimNotConfirmed", result.SingleErrorId());
        var warnings = result.Warnings.Where(IsOfTransaction).ToArray();
        Assert.Equal(2, warnings.Length);
        Assert.Matches($"with nonce \\d+, .* of {Requester.Address}", warnings[0]);
        Assert.Matches("0x[0-9a-f]{64}", warnings[1]);
        Assert.Contains(warnings[1].Split(' ')[^1].TrimEnd('.'), result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Send)]
    [InlineData(Receipt)]
    public void Ctrl_C_shows_the_hash_again(string method)
    {
        using var host = Connect();
        HoldAt(method);
        using var running = Start(host);
        WaitUntilReached(running);

        running.Stop();
        var result = running.Wait();

        Assert.Equal(PSInvocationState.Stopped, running.State);
        Assert.Contains(Hash, result.Warnings.First(IsOfTransaction), StringComparison.Ordinal);
        Assert.Contains($"WARNING: Stopped before the outcome of transaction {Hash} was known.", result.HostText, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_before_there_is_a_transaction_shows_no_hash()
    {
        using var host = Connect();
        HoldAt("eth_estimateGas");
        using var running = Start(host);
        WaitUntilReached(running);

        running.Stop();
        var result = running.Wait();

        Assert.DoesNotContain(result.Warnings, IsOfTransaction);
        Assert.Empty(_proxy.SentTransactions());
    }

    [Theory]
    [InlineData(Send)]
    [InlineData(Receipt)]
    public void Disconnecting_in_another_runspace_is_an_error_with_the_hash(string method)
    {
        using var host = Connect();
        var connection = host.Connection();
        HoldAt(method);
        using var running = Start(host);
        WaitUntilReached(running);

        Disconnect(connection);
        var result = running.Wait();

        Assert.Null(result.Failure);
        Assert.Equal("ClaimNotConfirmed", result.SingleErrorId());
        Assert.Equal(TaskId, result.Errors[0].TargetObject);
        Assert.Contains(Hash, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("was closed", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Disconnecting_before_there_is_a_transaction_sends_none()
    {
        using var host = Connect();
        var connection = host.Connection();
        HoldAt("eth_estimateGas");
        using var running = Start(host);
        WaitUntilReached(running);

        Disconnect(connection);
        var result = running.Wait();

        Assert.Equal("ConnectionRequired", result.SingleErrorId());
        Assert.DoesNotContain(result.Warnings, IsOfTransaction);
        Assert.Empty(_proxy.SentTransactions());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task A_process_that_is_ended_has_shown_the_hash(string signal)
    {
        HoldAt(Send);
        var shell = ChildShell.RunAsync(
            $"""
             Import-Module '{RepositoryPaths.Manifest}'
             $key = [System.Net.NetworkCredential]::new('', '{Requester.PrivateKey}').SecurePassword
             $PID
             Connect-IExec -RpcUrl {_proxy.Server.Url} -PrivateKey $key
             Invoke-IExecTaskClaim {TaskId} -Force
             """,
            process =>
            {
                Assert.True(_reached.Wait(TimeSpan.FromMinutes(2)));
                if (OperatingSystem.IsWindows())
                    process.Kill();
                else
                    Process.Start("sh", ["-c", $"kill -{signal} {process.Id}"]).WaitForExit();
            });

        Assert.Contains((await shell).Output, line => line.StartsWith("WARNING: ", StringComparison.Ordinal) && line.Contains(Hash, StringComparison.Ordinal));
    }

    /// <summary>Not the warning that the refund is smaller than its cost.</summary>
    private static bool IsOfTransaction(string warning) => warning.Contains("transaction", StringComparison.Ordinal);

    private PowerShellHost Connect() => _chain.ConnectAs(Requester, url: _proxy.Server.Url);

    private RunningPipeline Start(PowerShellHost host) => host.Start($"Invoke-IExecTaskClaim {TaskId} -Force");

    /// <summary>Closes a connection from another runspace.</summary>
    private static void Disconnect(IExecConnection connection)
    {
        using var other = PowerShellHost.WithModule();
        other.Invoke("param($connection) Disconnect-IExec -Connection $connection", ("connection", connection)).ThrowOnError();
    }

    /// <summary>Delays the response to the first request of a kind.</summary>
    private void HoldAt(string method) => _proxy.Intercept = request =>
    {
        if (ClaimChain.Method(request) != method || _reached.IsSet)
            return null;
        var reply = _proxy.Forward(request);
        _reached.Set();
        _goOn.Wait();
        return reply;
    };

    private void WaitUntilReached(RunningPipeline running) => running.WaitUntil(() => _reached.IsSet);
}
