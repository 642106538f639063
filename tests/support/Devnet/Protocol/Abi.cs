using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace IExec.Tasks.Devnet;

/// <summary>The contract ABI, as much of it as the hub's calls need.</summary>
internal static class Abi
{
    private const int WordSize = 32;

    /// <summary>A bytes32 or an address, from hex.</summary>
    public static AbiValue Word(string hex)
    {
        var bytes = FromHex(hex);
        var word = new byte[WordSize];
        bytes.CopyTo(word, WordSize - bytes.Length);
        return new AbiValue(word, IsDynamic: false);
    }

    /// <summary>A uint256.</summary>
    public static AbiValue Number(long number)
    {
        var word = new byte[WordSize];
        BinaryPrimitives.WriteInt64BigEndian(word.AsSpan(WordSize - sizeof(long)), number);
        return new AbiValue(word, IsDynamic: false);
    }

    /// <summary>A bytes, from hex.</summary>
    public static AbiValue Bytes(string hex)
    {
        var bytes = FromHex(hex);
        var padded = new byte[(bytes.Length + WordSize - 1) / WordSize * WordSize];
        bytes.CopyTo(padded, 0);
        return new AbiValue([.. Number(bytes.Length).Data, .. padded], IsDynamic: true);
    }

    /// <summary>A string, or the bytes of its UTF-8.</summary>
    public static AbiValue Text(string text) => Bytes(ToHex(text));

    /// <summary>An array of values of fixed size.</summary>
    public static AbiValue Array(IEnumerable<AbiValue> values)
    {
        AbiValue[] elements = [.. values];
        return new AbiValue([.. Number(elements.Length).Data, .. Encode(elements)], IsDynamic: true);
    }

    /// <summary>A tuple of which at least one part is dynamic.</summary>
    public static AbiValue Tuple(IEnumerable<AbiValue> values) => new(Encode([.. values]), IsDynamic: true);

    /// <summary>The arguments of a call: heads, then what the offsets in them point to.</summary>
    public static byte[] Encode(AbiValue[] values)
    {
        var headSize = values.Sum(value => value.IsDynamic ? WordSize : value.Data.Length);
        List<byte> head = [];
        List<byte> tail = [];
        foreach (var (data, isDynamic) in values)
        {
            head.AddRange(isDynamic ? Number(headSize + tail.Count).Data : data);
            tail.AddRange(isDynamic ? data : []);
        }

        return [.. head, .. tail];
    }

    /// <summary>UTF-8 as hex.</summary>
    public static string ToHex(string text) => "0x" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    private static byte[] FromHex(string hex) => Convert.FromHexString(hex.AsSpan(2));
}
