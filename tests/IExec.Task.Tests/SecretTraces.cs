using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace IExec.Tasks.ModuleTests;

/// <summary>What a secret looks like where it must not be seen.</summary>
internal static class SecretTraces
{
    private const int Length = 10;

    /// <summary>All parts of some length, of the text, of its bytes in base64, and of the bytes that it may be the digits of.</summary>
    public static IEnumerable<string> Of(string secret)
    {
        var forms = new List<string> { secret, Base64(Encoding.UTF8.GetBytes(secret)), Base64(Encoding.Unicode.GetBytes(secret)), Convert.ToHexString(Encoding.UTF8.GetBytes(secret)) };
        if (secret.Length % 2 == 0 && secret.All(char.IsAsciiHexDigit))
            forms.AddRange([Base64(Convert.FromHexString(secret)), string.Join(' ', Convert.FromHexString(secret))]);
        return forms.SelectMany(form => form.Length <= Length
            ? [form]
            : Enumerable.Range(0, form.Length - Length + 1).Select(start => form.Substring(start, Length)));
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');
}
