using System.Globalization;
using System.Numerics;

namespace IExec.Tasks.Ethereum;

/// <summary>Formats amounts of any size in a larger unit, exactly.</summary>
internal static class DecimalText
{
    /// <summary>Writes an amount of small units in a larger unit that is a power of ten of them.</summary>
    public static string Of(BigInteger amount, BigInteger unit)
    {
        var whole = BigInteger.DivRem(amount, unit, out var rest).ToString(CultureInfo.InvariantCulture);
        if (rest.IsZero)
            return whole;
        var places = unit.ToString(CultureInfo.InvariantCulture).Length - 1;
        return $"{whole}.{rest.ToString(CultureInfo.InvariantCulture).PadLeft(places, '0').TrimEnd('0')}";
    }
}
