using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results;

namespace IExec.Tasks.CoreTests.Results;

/// <summary>Archives that want to do harm, and what is in the folder afterwards.</summary>
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
    [InlineData("a/./b.txt")]
    [InlineData("a//b.txt")]
    [InlineData("./b.txt")]
    [InlineData("con")]
    [InlineData("a/NUL.txt")]
    [InlineData("com1.log")]
    [InlineData("LPT\u00b9")]
    [InlineData("aux /b.txt")]
    [InlineData("dot./b.txt")]
    [InlineData("space /b.txt")]
    [InlineData("bell\u0007.txt")]
    [InlineData("nul\0.txt")]
    public async Task Refuses_names_that_lead_elsewhere(string name)
    {
        var task = await AddAsync(("fine.txt", [1]), (name, [2]));

        await FailAsync(task);
    }

    [Theory]
    [InlineData("a.txt", "A.TXT")]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "A")]
    [InlineData("dir/", "DIR")]
    public async Task Refuses_names_that_are_one_on_some_file_system(string one, string other) => await FailAsync(await AddAsync((one, []), (other, [])));

    [Fact]
    public async Task Refuses_links()
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
    public async Task Refuses_a_bomb()
    {
        var failure = await FailAsync(await AddAsync(("zeros", new byte[100_000_000])));

        Assert.Matches(@"expands to 100000000 bytes, \d+ times its own length", failure.Message);
    }

    [Fact]
    public async Task Refuses_a_bomb_that_lies_about_its_length()
    {
        var zip = ResultBench.Zip(("zeros", new byte[10_000_000]));
        var directory = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(zip.AsSpan(directory + 24), 100);

        await FailAsync(await _bench.AddAsync(zip, default));
    }

    [Fact]
    public async Task Refuses_more_than_the_limit()
    {
        var task = await AddAsync(("a", new byte[2_000_000]));

        await FailAsync(task, Options() with { MaximumLength = 1_000_000 });
    }

    [Fact]
    public async Task Refuses_100000_entries_and_yet_saves_the_archive()
    {
        var zip = ResultBench.Zip([("computed.json", ResultBench.Computed("0")), .. Enumerable.Range(0, 100_000).Select(i => ($"{i}", Array.Empty<byte>()))]);
        var digest = new Bytes32(System.Security.Cryptography.SHA256.HashData([]));
        var task = await _bench.AddAsync(zip, digest);

        var failure = await FailAsync(task);

        Assert.Contains("100001 entries", failure.Message, StringComparison.Ordinal);
        Assert.True((await _bench.SaveAsync(task)).Result.DigestVerified);
    }

    /// <summary>The paths of a few thousand files can name half a million folders, and name them in an archive of a megabyte.</summary>
    [Fact]
    public async Task Refuses_folders_without_end()
    {
        var below = string.Concat(Enumerable.Repeat("/a", 60));
        var task = await AddAsync([.. Enumerable.Range(0, 400).Select(i => ($"{i}{below}", Array.Empty<byte>()))]);

        Assert.Contains("more than 20000 files and folders", (await FailAsync(task)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_is_no_archive() => await FailAsync(await _bench.AddAsync([1, 2, 3], default));

    [Fact]
    public async Task Refuses_an_entry_that_is_damaged_and_leaves_nothing()
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
    public async Task Begins_anew_over_what_a_killed_expansion_left()
    {
        var task = await AddAsync(("new.txt", [1]));
        Directory.CreateDirectory(Path.Combine(_bench.Folder, task.TaskId + ".partial", "left"));

        var saved = await _bench.SaveAsync(task, Options());

        Assert.Equal(["new.txt"], Directory.EnumerateFileSystemEntries(saved.Result.Path).Select(Path.GetFileName));
        Assert.Single(Directory.EnumerateFileSystemEntries(_bench.Folder));
    }

    private Task<IExecTask> AddAsync(params (string Name, byte[] Content)[] entries) => _bench.AddAsync(ResultBench.Zip(entries), default);

    private ResultSaveOptions Options() => new() { Path = _bench.Folder, Expand = true };

    private async Task<IExecException> FailAsync(IExecTask task, ResultSaveOptions? options = null)
    {
        var failure = await Assert.ThrowsAsync<IExecException>(() => _bench.SaveAsync(task, options ?? Options()));
        Assert.True(failure.ErrorId == IExecErrorId.ArchiveUnsafe, $"{failure.ErrorId}: {failure.Message}");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Folder));
        return failure;
    }
}
