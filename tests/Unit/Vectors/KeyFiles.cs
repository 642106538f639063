using System.IO;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.UnitTests;

/// <summary>
/// Key files that other programs open: made from public reports with throw-away keys and the password "password1", and one that ethers made of a
/// password that it normalised.
/// </summary>
internal static class KeyFiles
{
    /// <summary>The account of all of them.</summary>
    public const string Address = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    private static readonly string Folder = Path.Combine(DevnetFiles.RepositoryRoot, "tests", "Unit", "Vectors", "keystores");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));
}
