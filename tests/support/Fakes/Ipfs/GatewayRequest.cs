namespace IExec.Tasks.Fakes.Ipfs;

/// <summary>A request that reached the gateway.</summary>
/// <param name="Method">GET or HEAD.</param>
/// <param name="Host">The Host header.</param>
/// <param name="Path">The whole path.</param>
/// <param name="Query">The query with its question mark, or nothing.</param>
/// <param name="Accept">The Accept header.</param>
/// <param name="Range">The Range header, or nothing.</param>
internal sealed record GatewayRequest(string Method, string Host, string Path, string Query, string Accept, string Range);
