using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;

namespace IExec.Tasks.UnitTests;

/// <summary>
/// Result archives as iExec's workers make them, two of them encrypted, and the throw-away beneficiary key in several forms; the password of the
/// encrypted ones is "pässwörd".
/// </summary>
internal static class ResultFiles
{
    private static readonly string Folder = Path.Combine(
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key is "RepositoryRoot").Value!,
        "tests", "Unit", "Vectors", "results");

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    /// <summary>One entry of a zip file.</summary>
    public static byte[] Entry(string name, string entry)
    {
        using var archive = ZipFile.OpenRead(PathOf(name));
        using var stream = archive.GetEntry(entry)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
