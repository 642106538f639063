using System;
using System.Collections.Generic;
using IExec.Tasks.Results.Verification;

namespace IExec.Tasks.Results.Saving;

/// <summary>Warnings about a result that was saved nevertheless.</summary>
internal static class ResultWarnings
{
    /// <summary>The warnings, the most important first.</summary>
    public static IReadOnlyList<string> For(IExecTaskResult result, DigestVerification verification, ResultSaveOptions options)
    {
        var warnings = new List<string>();
        if (verification.ErrorText is { } error)
            warnings.Add($"Task {result.TaskId} is completed with an error report instead of a result:{Environment.NewLine}{error}");
        if (result.DigestVerified == false)
            warnings.Add($"The result of task {result.TaskId} does not match what the workers agreed on ({verification.Reason}).");
        if (result is { IsEncrypted: true, IsDecrypted: false })
            warnings.Add($"The result of task {result.TaskId} was saved encrypted. Use -BeneficiaryKeyPath to decrypt and verify it.");
        else if (result.DigestVerified is null && !options.SkipVerification)
            warnings.Add($"The result of task {result.TaskId} matches its CID, but could not be compared with what the workers agreed on: {verification.Reason}.");
        return warnings;
    }
}
