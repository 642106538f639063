using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>Another user can write to the folder, and has planted links to the user's files where the module will write.</summary>
public sealed class PlantedLinkTests : IAsyncLifetime
{
    private const string Precious = "the user's own";

    private ResultBench _bench = null!;
    private string _victim = "";

    public async Task InitializeAsync()
    {
        _bench = await ResultBench.StartAsync();
        _victim = Path.Combine(Directory.CreateDirectory(Path.Combine(_bench.Folder, "elsewhere")).FullName, "precious.txt");
        await File.WriteAllTextAsync(_victim, Precious);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData(".partial")]
    [InlineData(".partial.json")]
    [InlineData(".provenance.json.partial")]
    [InlineData(".provenance.json")]
    public async Task A_file_is_not_written_through_a_link(string suffix)
    {
        var (task, file, _) = await _bench.AddLargeAsync();
        foreach (var skipVerification in new[] { false, true })
        {
            File.CreateSymbolicLink(_bench.Target + suffix, _victim);

            await _bench.SaveAsync(task, _bench.Options() with { Provenance = true, SkipVerification = skipVerification, Force = true });

            Assert.Equal(file, await File.ReadAllBytesAsync(_bench.Target));
            Assert.Equal(Precious, await File.ReadAllTextAsync(_victim));
            File.Delete(_bench.Target + suffix);
        }
    }

    [Fact]
    public async Task A_link_at_the_target_is_replaced_and_not_followed()
    {
        var (task, file, _) = await _bench.AddLargeAsync();
        File.CreateSymbolicLink(_bench.Target, _victim);

        await _bench.SaveAsync(task, _bench.Options() with { Force = true });

        Assert.Null(new FileInfo(_bench.Target).LinkTarget);
        Assert.Equal(file, await File.ReadAllBytesAsync(_bench.Target));
        Assert.Equal(Precious, await File.ReadAllTextAsync(_victim));
    }

    [Fact]
    public async Task A_dangling_link_counts_as_an_existing_file()
    {
        var (task, _, _) = await _bench.AddLargeAsync(1000);
        File.CreateSymbolicLink(_bench.Target, _victim + ".new");

        Assert.Equal(IExecErrorId.ResultExists, (await Assert.ThrowsAsync<IExecException>(() => _bench.SaveAsync(task))).ErrorId);
        Assert.False(File.Exists(_victim + ".new"));
    }

    [Theory]
    [InlineData(".partial")]
    [InlineData(".replaced")]
    [InlineData("")]
    public async Task A_folder_is_not_expanded_nor_deleted_through_a_link(string suffix)
    {
        var (task, _, _) = await _bench.AddLargeAsync(1000);
        var target = Path.Combine(_bench.Folder, task.TaskId);
        Directory.CreateSymbolicLink(target + suffix, Path.GetDirectoryName(_victim)!);

        await _bench.SaveAsync(task, _bench.Options() with { Path = _bench.Folder, Expand = true, Force = true });

        Assert.Equal(["computed.json", "data.bin"], Names(target));
        Assert.Equal(["precious.txt"], Names(Path.GetDirectoryName(_victim)!));
        Assert.Null(new DirectoryInfo(target).LinkTarget);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_appears_at_the_target_meanwhile_is_kept(bool expand)
    {
        var (task, file, _) = await _bench.AddLargeAsync();
        var options = expand ? _bench.Options() with { Path = _bench.Folder, Expand = true } : _bench.Options();
        var target = expand ? Path.Combine(_bench.Folder, task.TaskId) : _bench.Target;
        _bench.Gateway.Faults.PauseAfter = file.Length / 2;
        var saving = Assert.ThrowsAsync<IExecException>(() => _bench.SaveAsync(task, options));
        while (_bench.Gateway.BytesSent < file.Length / 3)
            await Task.Delay(20);

        await File.WriteAllTextAsync(target, Precious);
        _bench.Gateway.Faults.Resume();

        Assert.Equal(IExecErrorId.ResultExists, (await saving).ErrorId);
        Assert.Equal(Precious, await File.ReadAllTextAsync(target));
    }

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!).Order();
}
