using System.Runtime.InteropServices;
using System.Security;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.Cmdlets;

/// <summary>Reads a SecureString without making a string, which could not be wiped.</summary>
internal static class SecureStringExtensions
{
    /// <summary>The text in UTF-8. The caller disposes of it.</summary>
    public static SecretBytes ToSecretBytes(this SecureString text)
    {
        var characters = Marshal.SecureStringToGlobalAllocUnicode(text);
        try
        {
            return SecretBytes.FromUtf16(characters, text.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(characters);
        }
    }
}
