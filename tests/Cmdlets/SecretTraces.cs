using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace IExec.Tasks.CmdletTests;

/// <summary>What a secret looks like where it must not be seen.</summary>
internal static class SecretTraces
{
    private const int Length = 10;

    /// <summary>
    /// All parts of some length, of the text, of its bytes in base64 and as digits, and of the bytes that it may be the digits of.
    /// Of a text's bytes as digits, each second digit is nearly always the same; so it takes twice as many until they say as much.
    /// </summary>
    public static IEnumerable<string> Of(string secret)
    {
        var parts = Parts(secret, Length)
            .Concat(Parts(Base64(Encoding.UTF8.GetBytes(secret)), Length))
            .Concat(Parts(Base64(Encoding.Unicode.GetBytes(secret)), Length))
            .Concat(Parts(Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), 2 * Length));
        return secret.Length % 2 == 0 && secret.All(char.IsAsciiHexDigit)
            ? parts.Concat(Parts(Base64(Convert.FromHexString(secret)), Length)).Concat(Parts(string.Join(' ', Convert.FromHexString(secret)), Length))
            : parts;
    }

    private static IEnumerable<string> Parts(string form, int length) => form.Length <= length
        ? [form]
        : Enumerable.Range(0, form.Length - length + 1).Select(start => form.Substring(start, length));

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');
}
