using System.Globalization;
using System.Numerics;
using System.Text.Json;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Peers;

/// <summary>Reads members of vectors as ethers writes them.</summary>
internal static class JsonVectors
{
    public static string Text(this JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    /// <summary>Bytes in hexadecimal digits; none where the member is missing.</summary>
    public static byte[] Bytes(this JsonElement vector, string name) => vector.TryGetProperty(name, out var value) ? Hex.Decode(value.GetString()!) : [];

    /// <summary>A number, in any form; zero where the member is missing.</summary>
    public static BigInteger Number(this JsonElement vector, string name) => !vector.TryGetProperty(name, out var value) ? 0
        : value.ValueKind == JsonValueKind.Number ? value.GetInt64()
        : BigInteger.Parse("0" + value.GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
