#if NETSTANDARD2_0
using System;

namespace IExec.Tasks;

/// <summary>The overloads of <see cref="string"/> that .NET Standard 2.0 lacks.</summary>
internal static class StringExtensions
{
    public static bool Contains(this string text, string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;
}
#endif
