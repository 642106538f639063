using System.Globalization;

namespace IExec.Tasks.Devnet;

/// <summary>A field of an order.</summary>
/// <param name="Type">Its Solidity type.</param>
/// <param name="Name">Its name in the EIP-712 type.</param>
/// <param name="Value">Hex, decimal or text, as EIP-712 JSON takes it.</param>
internal readonly record struct OrderField(string Type, string Name, string Value)
{
    public AbiValue Encode() => Type switch
    {
        "uint256" => Abi.Number(long.Parse(Value, CultureInfo.InvariantCulture)),
        "string" => Abi.Text(Value),
        _ => Abi.Word(Value),
    };
}
