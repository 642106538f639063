namespace IExec.Tasks.Results.Verification;

/// <summary>Whether an archive holds what the workers agreed on.</summary>
/// <param name="IsTrue">Null when it cannot be told.</param>
/// <param name="Reason">Why it is not, or cannot be told.</param>
/// <param name="IsReadable">Whether the archive itself could be read.</param>
/// <param name="ErrorText">The beginning of the worker's error report, when that is what the workers agreed on.</param>
internal sealed record DigestVerification(bool? IsTrue, string? Reason, bool IsReadable = true, string? ErrorText = null);
