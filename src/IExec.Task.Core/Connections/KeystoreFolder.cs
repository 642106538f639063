using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Connections;

/// <summary>
/// A folder of key files, named <c>UTC--&lt;date&gt;--&lt;address&gt;</c> as geth and the iExec command line name them. Other files in it are
/// ignored.
/// </summary>
internal static class KeystoreFolder
{
    private const string Prefix = "UTC--";
    private const string Separator = "--";

    /// <summary>Where geth and the iExec command line keep their key files.</summary>
    public static string DefaultPath => PathFor(CurrentSystem.Platform, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>The same for a given system and home folder.</summary>
    public static string PathFor(OSPlatform system, string home)
    {
        if (system == OSPlatform.Windows)
            return Path.Combine(home, "AppData", "Roaming", "Ethereum", "keystore");

        return system == OSPlatform.OSX ? Path.Combine(home, "Library", "Ethereum", "keystore") : Path.Combine(home, ".ethereum", "keystore");
    }

    /// <summary>Finds the key file of an account, the newest if it has several; without an account the newest of all.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="IExecException">KeyInvalid: there is none, or the folder cannot be read.</exception>
    public static string Find(string folder, Address? account)
    {
        try
        {
            var newest = Directory.EnumerateFiles(folder, Prefix + "*")
                .Select(path => (Path: path, Name: Parse(Path.GetFileName(path))))
                .Where(file => file.Name is { } name && (account is null || name.Account.Equals(account.Value)))
                .OrderBy(file => file.Name!.Value.Date, StringComparer.Ordinal)
                .LastOrDefault().Path;
            return newest ?? throw new IExecException(
                IExecErrorId.KeyInvalid, account is null ? $"There is no key file in {folder}." : $"There is no key file for {account} in {folder}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IExecException(IExecErrorId.KeyInvalid, $"The folder of key files cannot be read. {exception.Message}", innerException: exception);
        }
    }

    /// <summary>The dates are in ISO form with dashes, so that their order is the order of their text.</summary>
    private static (string Date, Address Account)? Parse(string name)
    {
        var end = name.LastIndexOf(Separator, StringComparison.Ordinal);
        return end > Prefix.Length && Address.TryParse("0x" + name.Substring(end + Separator.Length).ToLowerInvariant(), out var account)
            ? (name.Substring(Prefix.Length, end - Prefix.Length), account)
            : null;
    }
}
