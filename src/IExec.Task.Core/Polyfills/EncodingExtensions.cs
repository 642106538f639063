#if NETSTANDARD2_0
using System;
using System.Text;

namespace IExec.Tasks;

/// <summary>The span overloads of <see cref="Encoding"/> that .NET Standard 2.0 lacks.</summary>
internal static class EncodingExtensions
{
    public static string GetString(this Encoding encoding, ReadOnlySpan<byte> bytes) => encoding.GetString(bytes.ToArray());
}
#endif
