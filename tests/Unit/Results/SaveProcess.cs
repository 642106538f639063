using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results.Saving;
using IExec.Tasks.UnitTests.Connections;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>Saves a result in a separate process.</summary>
internal static class SaveProcess
{
    /// <summary>How to start it: the program and its first arguments.</summary>
    public static string[] Command => [Environment.ProcessPath is { } path && path.EndsWith("dotnet", StringComparison.Ordinal) ? path : "dotnet", "exec", Assembly.GetExecutingAssembly().Location];

    public static Process Start(Uri gateway, IExecTask task, string target, bool skipVerification = false, params string[] before) =>
        Process.Start(new ProcessStartInfo(before.Concat(Command).First(), [.. before.Concat(Command).Skip(1), gateway.ToString(), task.Result.Location!, task.ResultDigest, target, $"{skipVerification}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" }, // its double mapping is a large file to a limit on files
        })!;

    /// <summary>The process itself: prints the error's id, or nothing.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (gateway, location, digest, target, skip) = (new Uri(arguments[0]), arguments[1], Bytes32.Parse(arguments[2]), arguments[3], bool.Parse(arguments[4]));
        using var connection = OfflineConnection.Create(gateways: [gateway], timeout: TimeSpan.FromMinutes(1), retryCount: 1);
        var saver = new ResultSaver(connection.Open(NoDiagnostics.Instance));
        try
        {
            var plan = ResultPlan.Create(ResultBench.TaskAt(location, digest), new() { Path = target, SkipVerification = skip });
            await saver.SaveAsync(plan, progress: null, default);
            return 0;
        }
        catch (IExecException e)
        {
            Console.WriteLine(e.ErrorId);
            return 1;
        }
    }
}
