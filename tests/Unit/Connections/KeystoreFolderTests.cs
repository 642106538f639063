using System;
using System.IO;
using System.Runtime.InteropServices;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Connections;

public sealed class KeystoreFolderTests : IDisposable
{
    private const string First = "f39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private const string Second = "70997970c51812dc3a010c7d01b50e0d17dc79c8";

    private readonly string _folder = Directory.CreateTempSubdirectory("keystore").FullName;

    public KeystoreFolderTests()
    {
        foreach (var name in new[]
        {
            $"UTC--2024-03-01T10-00-00.123000000Z--{First}",
            $"UTC--2025-01-31T23-59-59.999000000Z--{First}",
            $"UTC--2025-01-31T23-59-59.998000000Z--{First}",
            $"UTC--2025-02-01T00-00-00.000000000Z--{Second.ToUpperInvariant()}",
            "UTC--2026-01-01T00-00-00.000000000Z--nobody",
            $"UTC----{First}",
            $"{Second}.json",
            "wallet.json",
        })
            File.WriteAllText(Path.Combine(_folder, name), "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Picks_the_newest_file_of_an_account() =>
        Assert.Equal($"UTC--2025-01-31T23-59-59.999000000Z--{First}", Path.GetFileName(KeystoreFolder.Find(_folder, Address.Parse("0x" + First))));

    [Fact]
    public void Picks_the_newest_file_of_all_without_an_account() =>
        Assert.EndsWith(Second.ToUpperInvariant(), KeystoreFolder.Find(_folder, null));

    [Fact]
    public void Says_whose_file_is_missing_and_where()
    {
        var exception = Assert.Throws<IExecException>(() => KeystoreFolder.Find(_folder, Address.Parse("0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc")));
        Assert.Equal(IExecErrorId.KeyInvalid, exception.ErrorId);
        Assert.Equal($"There is no key file for 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC in {_folder}.", exception.Message);
    }

    [Fact]
    public void An_empty_folder_and_a_missing_one_are_told_apart()
    {
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        Assert.Equal($"There is no key file in {empty}.", Assert.Throws<IExecException>(() => KeystoreFolder.Find(empty, null)).Message);

        var exception = Assert.Throws<IExecException>(() => KeystoreFolder.Find(Path.Combine(_folder, "missing"), null));
        Assert.StartsWith("The folder of key files cannot be read. ", exception.Message);
        Assert.IsType<DirectoryNotFoundException>(exception.InnerException);
    }

    /// <summary>The folders of the iExec command line and of geth.</summary>
    [Fact]
    public void Knows_the_folder_of_each_system()
    {
        Assert.Equal(Path.Combine("/home/me", ".ethereum", "keystore"), KeystoreFolder.PathFor(OSPlatform.Linux, "/home/me"));
        Assert.Equal(Path.Combine("/Users/me", "Library", "Ethereum", "keystore"), KeystoreFolder.PathFor(OSPlatform.OSX, "/Users/me"));
        Assert.Equal(Path.Combine("C:/Users/me", "AppData", "Roaming", "Ethereum", "keystore"), KeystoreFolder.PathFor(OSPlatform.Windows, "C:/Users/me"));
        Assert.EndsWith("keystore", KeystoreFolder.DefaultPath);
    }
}
