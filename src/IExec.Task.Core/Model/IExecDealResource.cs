namespace IExec.Tasks;

/// <summary>An app, dataset or workerpool as a deal has it.</summary>
public sealed class IExecDealResource
{
    internal IExecDealResource(string address, string owner, decimal priceRlc)
    {
        Address = address;
        Owner = owner;
        PriceRlc = priceRlc;
    }

    /// <summary>Its contract's address (EIP-55).</summary>
    public string Address { get; }

    /// <summary>The address of its owner when the deal was made (EIP-55).</summary>
    public string Owner { get; }

    /// <summary>Its price for one task, in RLC.</summary>
    public decimal PriceRlc { get; }

    /// <summary>The contract's address.</summary>
    public override string ToString() => Address;
}
