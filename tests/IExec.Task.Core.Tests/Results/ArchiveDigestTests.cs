using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results;

namespace IExec.Tasks.CoreTests.Results;

public sealed class ArchiveDigestTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("result-single.zip", "0xb94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9")]
    [InlineData("result-directory.zip", "0x832136909595c6b65b1d82665a681dde5f1030a580e8a9a0858ffb2c69be4fbf")]
    [InlineData("result-root.zip", "0xec729f037c83a6eadb8bf1cb8fb2fffa48a0cdf56f284267e7ececa2d3b0a95d")]
    public void Finds_the_digest_that_workers_find(string archive, string digest) =>
        Assert.Equal(new DigestProof(true, null), Prove(ResultFiles.Bytes(archive), Bytes32.Parse(digest)));

    private DigestProof Prove(byte[] archive, Bytes32 digest, string? callback = null, long maximumLength = long.MaxValue)
    {
        File.WriteAllBytes(_path, archive);
        using var opened = ResultArchive.Open(_path);
        return new DigestProver(ResultBench.TaskAt("/ipfs/x", digest, callback), maximumLength).Prove(opened, new(ResultStage.Proving, null), CancellationToken.None);
    }
}
