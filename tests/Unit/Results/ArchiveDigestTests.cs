using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Verification;

namespace IExec.Tasks.UnitTests.Results;

public sealed class ArchiveDigestTests : IDisposable
{
    private const string NotAgreed = "the archive's deterministic output does not match what the workers agreed on";

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("result-single.zip", "0xb94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9")]
    [InlineData("result-directory.zip", "0x832136909595c6b65b1d82665a681dde5f1030a580e8a9a0858ffb2c69be4fbf")]
    [InlineData("result-root.zip", "0xec729f037c83a6eadb8bf1cb8fb2fffa48a0cdf56f284267e7ececa2d3b0a95d")]
    public void Computes_the_same_digest_as_workers(string archive, string digest) =>
        Assert.Equal(new DigestVerification(true, null), Verify(ResultFiles.Bytes(archive), Bytes32.Parse(digest)));

    [Theory]
    [InlineData("out/a.txt")]
    [InlineData("out//a.txt")]
    [InlineData("./out/./a.txt")]
    public void Finds_a_file_by_its_path(string path) => Assert.True(Verify(Archive(path, ("out/a.txt", "A")), Sha("A")).IsTrue);

    [Theory]
    [InlineData("out")]
    [InlineData("out/")]
    public void Hashes_a_folders_own_files_in_ordinal_order(string path)
    {
        var archive = Archive(path, ("out/b", "1"), ("out/a", "2"), ("out/B", "3"), ("out/é", "4"), ("out/deeper/c", "5"), ("outside/d", "6"), ("out.txt", "7"));

        Assert.True(Verify(archive, Folder("3", "2", "1", "4")).IsTrue);
    }

    [Fact]
    public void Accepts_a_folder_with_or_without_its_empty_files()
    {
        var archive = Archive("out", ("out/a", "1"), ("out/b", ""), ("out/c", "2"));

        Assert.True(Verify(archive, Folder("1", "", "2")).IsTrue);
        Assert.True(Verify(archive, Folder("1", "2")).IsTrue);
        Assert.Equal(new DigestVerification(false, NotAgreed), Verify(archive, Folder("1")));
    }

    [Fact]
    public void Detects_a_different_output()
    {
        Assert.Equal(new DigestVerification(false, NotAgreed), Verify(Archive("a", ("a", "changed")), Sha("A")));
        Assert.Equal(new DigestVerification(false, NotAgreed), Verify(Archive("a", ("b", "A")), Sha("A")));
    }

    [Theory]
    [InlineData("/etc/passwd", "its deterministic output is not in /iexec_out")]
    [InlineData("/iexec_output/a", "its deterministic output is not in /iexec_out")]
    [InlineData("/iexec_out/../a", "its deterministic output path has a '..'")]
    public void Rejects_paths_outside_the_output(string path, string reason)
    {
        var computed = Encoding.UTF8.GetBytes($$"""{"deterministic-output-path":"{{path}}"}""");

        Assert.Equal(new DigestVerification(null, "the archive cannot be read: " + reason, IsReadable: false), Verify(ResultBench.Zip(("computed.json", computed)), default));
    }

    [Theory]
    [InlineData("{}", "the archive has no computed.json that names its deterministic output")]
    [InlineData("""{"deterministic-output-path":null}""", "the archive has no computed.json that names its deterministic output")]
    [InlineData("""{"deterministic-output-path":7}""", "the archive has no computed.json that names its deterministic output")]
    [InlineData("[]", "the archive cannot be read: its computed.json is not an object")]
    [InlineData("{", "the archive cannot be read: its computed.json is not JSON")]
    public void Says_why_the_digest_cannot_be_computed(string computed, string reason) =>
        Assert.Equal(new DigestVerification(null, reason, reason.StartsWith("the archive has", StringComparison.Ordinal)), Verify(ResultBench.Zip(("computed.json", Encoding.UTF8.GetBytes(computed))), default));

    [Theory]
    [InlineData(1024 * 1024, "the archive has no computed.json that names its deterministic output")]
    [InlineData((1024 * 1024) + 1, "the archive cannot be read: its computed.json is too long")]
    public void Reads_a_computed_json_of_a_mebibyte_and_no_more(int length, string reason) =>
        Assert.Equal(reason, Verify(ResultBench.Zip(("computed.json", Encoding.UTF8.GetBytes("{}".PadRight(length)))), default).Reason);

    [Fact]
    public void Does_not_expand_more_than_allowed() =>
        Assert.Equal(
            new DigestVerification(null, "the deterministic output expands to more than -MaximumSizeMB allows"),
            Verify(ResultBench.Zip(("computed.json", ResultBench.Computed("a")), ("a", new byte[1_000_001])), default, maximumLength: 1_000_000));

    [Fact]
    public void Reads_the_beginning_of_an_error_report()
    {
        const string Error = "[IEXEC] Errors occurred while computing the task\n\u001b[31mBAD\r\nthree\nfour\nfive\nsix\n";

        var verification = Verify(Archive("error.txt", ("error.txt", Error)), Sha(Error));

        Assert.True(verification.IsTrue);
        Assert.Equal(string.Join(Environment.NewLine, "[IEXEC] Errors occurred while computing the task", "␛[31mBAD", "three", "four", "five"), verification.ErrorText);
    }

    [Fact]
    public void Compares_callback_bytes_in_the_archive_with_those_on_the_chain()
    {
        var digest = new Bytes32(Keccak256.Hash([1, 2, 3]));
        byte[] With(string data) => ResultBench.Zip(("computed.json", Encoding.UTF8.GetBytes($$"""{"callback-data":"{{data}}"}""")));

        Assert.True(Verify(With("0x010203"), digest, "0x010203").IsTrue);
        Assert.Equal(new DigestVerification(false, "the archive's callback bytes do not match what the workers agreed on"), Verify(With("0x010204"), digest, "0x010203"));
        Assert.False(Verify(With("not hex"), digest, "0x010203").IsTrue);
        Assert.Equal(new DigestVerification(false, "the callback bytes do not match what the workers agreed on"), Verify(With("0x010204"), digest, "0x010204"));
        Assert.Null(Verify(Archive("a", ("a", "A")), digest, "0x010203").IsTrue);
    }

    [Fact]
    public void Detects_inconsistent_values_of_the_chain()
    {
        var task = ResultBench.TaskAt("/ipfs/x", Sha("A"));

        Assert.True(new DigestVerifier(task, 0).IsConsistent);
        Assert.False(new DigestVerifier(ResultBench.WithDigest(task, Sha("B")), 0).IsConsistent);
    }

    private static Bytes32 Sha(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static Bytes32 Folder(params string[] files) =>
        new(Keccak256.Hash([.. files.SelectMany(file => SHA256.HashData(Encoding.UTF8.GetBytes(file)))]));

    private static byte[] Archive(string path, params (string Name, string Text)[] files) =>
        ResultBench.Zip([("computed.json", ResultBench.Computed(path)), .. files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]);

    private DigestVerification Verify(byte[] archive, Bytes32 digest, string? callback = null, long maximumLength = long.MaxValue)
    {
        File.WriteAllBytes(_path, archive);
        using var opened = ResultArchive.Open(_path);
        return new DigestVerifier(ResultBench.TaskAt("/ipfs/x", digest, callback), maximumLength).Verify(opened, new(SaveStage.Verifying, null), CancellationToken.None);
    }
}
