using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Saving;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>Malicious archives, and the content of the folder afterwards.</summary>
public sealed class ResultExpansionTests : IAsyncLifetime
{
    private ResultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ResultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Expands_into_a_folder_named_after_the_task()
    {
        var task = await AddAsync(("a.txt", "A"u8.ToArray()), ("sub/b.txt", "BB"u8.ToArray()), ("sub/empty/", []));

        var saved = await _bench.SaveAsync(task, Options());

        Assert.Equal((Path.Combine(_bench.Folder, task.TaskId), 3L), (saved.Result.Path, saved.Result.Length));
        Assert.Equal("BB", await File.ReadAllTextAsync(Path.Combine(saved.Result.Path, "sub", "b.txt")));
        Assert.True(Directory.Exists(Path.Combine(saved.Result.Path, "sub", "empty")));
        Assert.Single(Directory.EnumerateFileSystemEntries(_bench.Folder));
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("a/../../evil.txt")]
    [InlineData("/etc/evil.txt")]
    [InlineData("//server/share/evil.txt")]
    [InlineData("..\\evil.txt")]
    [InlineData("a\\b.txt")]
    [InlineData("C:evil.txt")]
    [InlineData("C:/evil.txt")]
    [InlineData("con")]
    [InlineData("a/NUL.txt")]
    [InlineData("com1.log")]
    [InlineData("LPT\u00b9")]
    [InlineData("aux /b.txt")]
    [InlineData("dot./b.txt")]
    [InlineData("space /b.txt")]
    [InlineData("bell\u0007.txt")]
    [InlineData("nul\0.txt")]
    public async Task Rejects_names_that_lead_elsewhere(string name)
    {
        var task = await AddAsync(("fine.txt", [1]), (name, [2]));

        await FailAsync(task);
    }

    /// <summary>Archives that other tools create and expand.</summary>
    [Theory]
    [InlineData("dotslash.zip", "a/b.txt", "computed.json", "result.txt", "x.txt")]
    [InlineData("prepended.zip", "computed.json", "result.txt")]
    [InlineData("trailnl.zip", "computed.json", "result.txt")]
    public async Task Expands_archives_with_unusual_names_as_other_tools_do(string archive, params string[] files)
    {
        var task = await AddArchiveAsync(archive);

        var saved = await _bench.SaveAsync(task, Options());

        Assert.Equal((true, true), (saved.Result.CidVerified, saved.Result.DigestVerified));
        Assert.Equal(files, FilesIn(saved.Result.Path));
        Assert.Equal("hello from a real worker\n", await File.ReadAllTextAsync(Path.Combine(saved.Result.Path, "result.txt")));
    }

    [Fact]
    public async Task Expands_the_entry_of_its_own_folder_to_nothing()
    {
        var saved = await _bench.SaveAsync(await AddAsync(("./", []), ("./a.txt", [1])), Options());

        Assert.Equal(["a.txt"], FilesIn(saved.Result.Path));
    }

    [Theory]
    [InlineData("Readme", "README")]
    [InlineData("a/b", "A")]
    [InlineData("dir/", "DIR")]
    public async Task Rejects_names_that_differ_by_case_only_where_the_file_system_does_not_tell_them_apart(string one, string other)
    {
        var task = await AddAsync((one, []), (other, []));

        if (LocalFiles.IsCaseSensitive(_bench.Folder))
            Assert.Equal(2, Directory.GetFileSystemEntries((await _bench.SaveAsync(task, Options())).Result.Path).Length);
        else
            Assert.Contains("does not tell apart", (await FailAsync(task)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_both_names_when_they_collide()
    {
        var path = Path.Combine(_bench.Folder, "case.zip");
        File.Copy(Archive("case.zip"), path);
        using var archive = ResultArchive.Open(path);
        var expander = new ArchiveExpander(archive, new FileInfo(path).Length, long.MaxValue);

        var failure = Assert.Throws<IExecException>(() => expander.Check(() => false));

        Assert.Equal(IExecErrorId.ArchiveUnsafe, failure.ErrorId);
        Assert.Equal("The archive has entries 'Readme' and 'README', which this file system does not tell apart.", failure.Message);
        expander.Check(() => true);
    }

    [Fact]
    public async Task Says_of_a_name_that_it_is_a_file_and_a_folder()
    {
        var failure = await FailAsync(await AddArchiveAsync("filedir.zip"));

        Assert.Equal("The archive has 'p' as a file and as a folder.", failure.Message);
        await FailAsync(await AddAsync(("a/b", []), ("./a", [])));
        Assert.Contains("two entries for 'a/b'", (await FailAsync(await AddAsync(("a/b", []), ("a//b", [])))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_no_folder_that_it_made_when_it_fails()
    {
        var task = await AddAsync(("../evil.txt", []));
        foreach (var path in (string[])[Path.Combine("new", "newer"), "new"])
        {
            await FailAsync(task, Options() with { Path = Path.Combine(_bench.Folder, path) });
            await FailAsync(ResultBench.TaskAt("/ipfs/QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn", default), IExecErrorId.GatewayError, path);
        }

        var old = Directory.CreateDirectory(Path.Combine(_bench.Folder, "old"));
        await Assert.ThrowsAsync<IExecException>(() => _bench.SaveAsync(task, Options() with { Path = Path.Combine(old.FullName, "new") }));
        Assert.Equal(["old"], _bench.Files());
    }

    [Fact]
    public async Task Rejects_links()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var link = archive.CreateEntry("link");
            link.ExternalAttributes = Convert.ToInt32("120777", 8) << 16;
            using var content = link.Open();
            content.Write("/etc"u8);
        }

        var zip = bytes.ToArray();
        ResultArchiveTests.MarkAsUnix(zip);

        await FailAsync(await _bench.AddAsync(zip, default));
    }

    [Fact]
    public async Task Rejects_a_zip_bomb()
    {
        var failure = await FailAsync(await AddAsync(("zeros", new byte[100_000_000])));

        Assert.Matches(@"expands to 100000000 bytes, \d+ times its own length", failure.Message);
    }

    [Fact]
    public async Task Rejects_a_zip_bomb_with_a_false_length()
    {
        var zip = ResultBench.Zip(("zeros", new byte[10_000_000]));
        var directory = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(zip.AsSpan(directory + 24), 100);

        await FailAsync(await _bench.AddAsync(zip, default));
    }

    [Fact]
    public async Task Rejects_more_than_the_limit()
    {
        var task = await AddAsync(("a", new byte[2_000_000]));

        await FailAsync(task, Options() with { MaximumLength = 1_000_000 });
    }

    [Fact]
    public async Task Rejects_10001_entries_but_saves_the_archive()
    {
        var zip = ResultBench.Zip([("computed.json", ResultBench.Computed("0")), .. Enumerable.Range(0, 10_000).Select(i => ($"{i}", Array.Empty<byte>()))]);
        var digest = new Bytes32(System.Security.Cryptography.SHA256.HashData([]));
        var task = await _bench.AddAsync(zip, digest);

        var failure = await FailAsync(task);

        Assert.Contains("10001 entries", failure.Message, StringComparison.Ordinal);
        Assert.True((await _bench.SaveAsync(task)).Result.DigestVerified);
    }

    /// <summary>The paths of a few thousand files can name half a million folders, and name them in an archive of a megabyte.</summary>
    [Fact]
    public async Task Rejects_too_deep_folders()
    {
        var below = string.Concat(Enumerable.Repeat("/a", 60));
        var task = await AddAsync([.. Enumerable.Range(0, 400).Select(i => ($"{i}{below}", Array.Empty<byte>()))]);

        Assert.Contains("more than 20000 files and folders", (await FailAsync(task)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_a_file_that_is_not_an_archive() => await FailAsync(await _bench.AddAsync([1, 2, 3], default));

    [Fact]
    public async Task Rejects_an_entry_that_is_damaged_and_leaves_nothing()
    {
        var random = new byte[100_000];
        new Random(1).NextBytes(random);
        var zip = ResultBench.Zip(("first.txt", [1]), ("data", random));
        BitConverter.TryWriteBytes(zip.AsSpan(zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 24), 99_999);

        await FailAsync(await _bench.AddAsync(zip, default));
    }

    [Fact]
    public async Task Replaces_a_folder_only_with_Force_and_then_whole()
    {
        var task = await AddAsync(("new.txt", [1]));
        var folder = Directory.CreateDirectory(Path.Combine(_bench.Folder, task.TaskId));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "old.txt"), "old");

        var failure = await Assert.ThrowsAsync<IExecException>(() => _bench.SaveAsync(task, Options()));
        Assert.Equal(IExecErrorId.ResultExists, failure.ErrorId);
        Assert.True(File.Exists(Path.Combine(folder.FullName, "old.txt")));

        await _bench.SaveAsync(task, Options() with { Force = true });
        Assert.Equal(["new.txt"], folder.EnumerateFiles().Select(file => file.Name));
        Assert.Single(Directory.EnumerateFileSystemEntries(_bench.Folder));
    }

    [Fact]
    public async Task Replaces_the_remains_of_a_killed_expansion()
    {
        var task = await AddAsync(("new.txt", [1]));
        Directory.CreateDirectory(Path.Combine(_bench.Folder, task.TaskId + ".partial", "left"));

        var saved = await _bench.SaveAsync(task, Options());

        Assert.Equal(["new.txt"], Directory.EnumerateFileSystemEntries(saved.Result.Path).Select(Path.GetFileName));
        Assert.Single(Directory.EnumerateFileSystemEntries(_bench.Folder));
    }

    private Task<IExecTask> AddAsync(params (string Name, byte[] Content)[] entries) => _bench.AddAsync(ResultBench.Zip(entries), default);

    private ResultSaveOptions Options() => new() { Path = _bench.Folder, Expand = true };

    private static string Archive(string name) => Path.Combine(DevnetFiles.RepositoryRoot, "tests", "Unit", "Results", "Archives", name);

    private async Task<IExecTask> AddArchiveAsync(string name) =>
        await _bench.AddAsync(await File.ReadAllBytesAsync(Archive(name)), new(System.Security.Cryptography.SHA256.HashData("hello from a real worker\n"u8)));

    private static string[] FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>Fails otherwise than by the archive, with a -Path of its own.</summary>
    private async Task FailAsync(IExecTask task, IExecErrorId id, string path)
    {
        await _bench.FailAsync(task, id, Options() with { Path = Path.Combine(_bench.Folder, path) });
        Assert.Empty(_bench.Files());
    }

    private async Task<IExecException> FailAsync(IExecTask task, ResultSaveOptions? options = null)
    {
        var failure = await Assert.ThrowsAsync<IExecException>(() => _bench.SaveAsync(task, options ?? Options()));
        Assert.True(failure.ErrorId == IExecErrorId.ArchiveUnsafe, $"{failure.ErrorId}: {failure.Message}");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Folder));
        return failure;
    }
}
