using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Hosting;
using IExec.Tasks.CmdletTests.Claims;
using IExec.Tasks.CmdletTests.Commands;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>Compares the outcome of a cell with the expected one, and checks files, transactions, the key, and that no secret is shown.</summary>
/// <param name="world">The services.</param>
/// <param name="folder">The folder that results are saved to.</param>
/// <param name="secrets">Texts that must never be shown.</param>
internal sealed class CellChecker(FaultWorld world, string folder, IEnumerable<string> secrets)
{
    private const string OldContent = "old content";

    /// <summary>Much more than the socket buffers hold of a body that is not read, and much less than the whole body.</summary>
    private const long MaxBytesSent = 32 * 1024 * 1024;

    private readonly SearchValues<string> _traces =
        SearchValues.Create([.. secrets.SelectMany(SecretTraces.Of).Distinct()], StringComparison.OrdinalIgnoreCase);

    private readonly byte[] _archive = world.State.Content["single"].ReadArchive();
    private long _transactionsBefore;

    /// <summary>The account that claims.</summary>
    public string Claimant { get; set; } = "";

    /// <summary>The task that is claimed.</summary>
    public string? Claimable { get; private set; }

    /// <summary>The file that is replaced.</summary>
    public string Target { get; } = Path.Combine(folder, "result.zip");

    /// <summary>Prepares the folder and a task to claim, and counts the transactions so far.</summary>
    public void Begin(Step step)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            File.Delete(file);
        File.WriteAllText(Target, OldContent);
        Claimable = step.Claims ? world.TakeClaimable() : null;
        if (step.Claims)
            _transactionsBefore = CountTransactions();
    }

    public CellResult Check(Cell cell, InvocationResult result, IExecConnection? connection, long bytesSent)
    {
        var errors = result.AllErrors().ToList();
        var problem = ProblemOfOutcome(cell, result, errors)
            ?? ProblemOfFiles(cell.Step, errors)
            ?? ProblemOfClaim(cell.Step, result, errors)
            ?? ProblemOfKey(connection)
            ?? Texts(result, errors).Select(ProblemOfSecrets).FirstOrDefault(problem => problem is not null)
            ?? (cell.Fault.Kind == FaultKind.TooLarge && bytesSent > MaxBytesSent ? $"{bytesSent} bytes of the body were read." : null);
        return new CellResult(cell, result.ErrorIds().FirstOrDefault(), problem);
    }

    private static string? ProblemOfOutcome(Cell cell, InvocationResult result, List<ErrorRecord> errors)
    {
        var expected = Expectation.Of(cell);
        if (errors.Count == 0)
        {
            return expected is not null ? $"success instead of {expected}."
                : result.Output.Count == 0 && cell.Step.Command.Length > 0 ? "There is no output." : null;
        }

        var ids = string.Join(", ", result.ErrorIds());
        if (ids != expected)
            return $"{ids} instead of {expected ?? "success"}: {errors[0]}";
        return errors.Exists(error => error.CategoryInfo.Category == ErrorCategory.NotSpecified || string.IsNullOrEmpty(error.ErrorDetails?.RecommendedAction))
            ? $"{ids} has no category or no advice."
            : null;
    }

    /// <summary>The file is replaced by the right one or not at all. A partial download may stay beside it only where the next command can resume it.</summary>
    private string? ProblemOfFiles(Step step, List<ErrorRecord> errors)
    {
        var isSaved = errors.Count == 0 && step.Command.StartsWith("Save", StringComparison.Ordinal);
        if (!File.ReadAllBytes(Target).AsSpan().SequenceEqual(isSaved ? _archive : Encoding.ASCII.GetBytes(OldContent)))
            return "The target file is wrong.";
        var canResume = errors.Exists(error => IsOf(error, "GatewayError") || IsOf(error, "RateLimited"));
        var left = Directory.EnumerateFileSystemEntries(folder)
            .Where(path => path != Target && !(canResume && path.Contains(".partial", StringComparison.Ordinal)));
        return left.FirstOrDefault() is { } file ? $"{Path.GetFileName(file)} was left behind." : null;
    }

    private string? ProblemOfClaim(Step step, InvocationResult result, List<ErrorRecord> errors)
    {
        if (!step.Claims)
            return null;
        var sent = CountTransactions() - _transactionsBefore;
        if (sent == 0)
            world.GiveBack(Claimable!);
        var isReported = errors.TrueForAll(error => IsOf(error, "ClaimNotConfirmed") && error.ToString().StartsWith("Transaction ", StringComparison.Ordinal));
        if (sent > 1 || (sent == 1 && !isReported))
            return $"{sent} transactions were sent.";
        return errors.Count == 0 && RawTask.ReadAsync(world.Arbitrum, Claimable!).GetAwaiter().GetResult().Status != 4 ? "The task is not claimed." : null;
    }

    /// <summary>The key can be used until the connection is closed, and not after that.</summary>
    private static string? ProblemOfKey(IExecConnection? connection)
    {
        if (connection is null)
            return null;
        var digest = Bytes32.Keccak([1]);
        connection.Signer!.Sign(digest);
        connection.Dispose();
        try
        {
            connection.Signer.Sign(digest);
            return "The key is not wiped.";
        }
        catch (IExecException)
        {
            return null;
        }
    }

    private string? ProblemOfSecrets(string text)
    {
        const int context = 80;
        var at = text.AsSpan().IndexOfAny(_traces);
        return at < 0 ? null : $"A secret is in: …{text[Math.Max(0, at - context)..Math.Min(text.Length, at + context)]}…";
    }

    private static bool IsOf(ErrorRecord error, string id) => error.FullyQualifiedErrorId.StartsWith(id, StringComparison.Ordinal);

    private static IEnumerable<string> Texts(InvocationResult result, List<ErrorRecord> errors) =>
    [
        result.HostText,
        .. result.Warnings,
        .. result.Verbose,
        .. result.Debug,
        .. result.Progress.Select(record => record.StatusDescription),
        .. errors.SelectMany(error => new[] { error.ToString(), error.Exception.ToString(), error.ErrorDetails?.RecommendedAction ?? "" }),
    ];

    /// <summary>Transactions that are not in a block yet count too.</summary>
    private long CountTransactions() =>
        ClaimChain.Number(world.Arbitrum.SendAsync("eth_getTransactionCount", Claimant, "pending").GetAwaiter().GetResult().GetString()!);
}
