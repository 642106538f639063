namespace IExec.Tasks.Results.Verification;

/// <summary>Whether an archive matches the digest that the workers agreed on.</summary>
/// <param name="IsTrue">Null when that could not be checked.</param>
/// <param name="Reason">Why it does not, or could not be checked.</param>
/// <param name="IsReadable">Whether the archive could be read.</param>
/// <param name="ErrorText">The beginning of the worker's error report, when that is what the workers agreed on.</param>
internal sealed record DigestVerification(bool? IsTrue, string? Reason, bool IsReadable = true, string? ErrorText = null);
