using System.Collections.Generic;
using System.Text;

namespace IExec.Tasks.Fakes;

/// <summary>A request as the server received it.</summary>
/// <param name="Method">GET, POST …</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="Query">The query with its '?', or nothing.</param>
/// <param name="Headers">The headers; names in any case.</param>
/// <param name="Body">The body.</param>
public sealed record RecordedRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>A header's value; null when the request does not have it.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
