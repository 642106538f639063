using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace IExec.Tasks.Devnet;

/// <summary>One of the four orders that make a deal: signed as EIP-712 typed data, sent as an ABI tuple. Source: PoCo, IexecLibOrders_v5.</summary>
internal sealed class Order
{
    private const string Nobody = "0x0000000000000000000000000000000000000000";
    private const string Zero = "0x0000000000000000000000000000000000000000000000000000000000000000";
    private readonly string _type;
    private readonly OrderField[] _fields;

    private Order(string type, params OrderField[] fields)
    {
        _type = type;
        _fields = fields;
    }

    /// <summary>The tuple's type in a function signature: the fields, then the signature.</summary>
    public string AbiType => $"({string.Join(',', _fields.Select(item => item.Type))},bytes)";

    public static Order App(string app, long price, int volume, string salt) => new(
        "AppOrder",
        Address("app", app), Number("appprice", price), Number("volume", volume), Bytes32("tag", Zero),
        Address("datasetrestrict", Nobody), Address("workerpoolrestrict", Nobody), Address("requesterrestrict", Nobody), Bytes32("salt", salt));

    public static Order NoDataset() => new(
        "DatasetOrder",
        Address("dataset", Nobody), Number("datasetprice", 0), Number("volume", 0), Bytes32("tag", Zero),
        Address("apprestrict", Nobody), Address("workerpoolrestrict", Nobody), Address("requesterrestrict", Nobody), Bytes32("salt", Zero));

    public static Order Workerpool(string workerpool, long price, int volume, int category, int trust, string salt) => new(
        "WorkerpoolOrder",
        Address("workerpool", workerpool), Number("workerpoolprice", price), Number("volume", volume), Bytes32("tag", Zero),
        Number("category", category), Number("trust", trust),
        Address("apprestrict", Nobody), Address("datasetrestrict", Nobody), Address("requesterrestrict", Nobody), Bytes32("salt", salt));

    public static Order Request(
        string app,
        long appPrice,
        string workerpool,
        long workerpoolPrice,
        string requester,
        int volume,
        int category,
        int trust,
        string beneficiary,
        string callback,
        string parameters,
        string salt) => new(
        "RequestOrder",
        Address("app", app), Number("appmaxprice", appPrice), Address("dataset", Nobody), Number("datasetmaxprice", 0),
        Address("workerpool", workerpool), Number("workerpoolmaxprice", workerpoolPrice), Address("requester", requester),
        Number("volume", volume), Bytes32("tag", Zero), Number("category", category), Number("trust", trust),
        Address("beneficiary", beneficiary), Address("callback", callback), new OrderField("string", "params", parameters), Bytes32("salt", salt));

    /// <summary>The tuple for <c>matchOrders</c>.</summary>
    public AbiValue Encode(string signature) => Abi.Tuple([.. _fields.Select(field => field.Encode()), Abi.Bytes(signature)]);

    /// <summary>The argument of <c>eth_signTypedData_v4</c>.</summary>
    public object ToTypedData(int chainId, string hub) => new
    {
        domain = new { name = "iExecODB", version = "5.0.0", chainId, verifyingContract = hub },
        primaryType = _type,
        types = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["EIP712Domain"] = new[]
            {
                new { type = "string", name = "name" }, new { type = "string", name = "version" },
                new { type = "uint256", name = "chainId" }, new { type = "address", name = "verifyingContract" },
            },
            [_type] = _fields.Select(field => new { type = field.Type, name = field.Name }),
        },
        message = _fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal),
    };

    private static OrderField Address(string name, string value) => new("address", name, value);

    private static OrderField Bytes32(string name, string value) => new("bytes32", name, value);

    private static OrderField Number(string name, long value) => new("uint256", name, value.ToString(CultureInfo.InvariantCulture));
}
