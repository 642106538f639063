namespace IExec.Tasks.Benchmarks;

/// <summary>What <see cref="ResultServer"/> serves.</summary>
/// <param name="Url">The gateway.</param>
/// <param name="Cid">The archive.</param>
/// <param name="Digest">What workers would have agreed on.</param>
/// <param name="Length">The archive's bytes.</param>
internal sealed record ServedResult(string Url, string Cid, string Digest, long Length);
