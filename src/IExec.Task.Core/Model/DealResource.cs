using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks;

/// <summary>An app, dataset or workerpool as a deal has it.</summary>
/// <param name="Address">Its contract; zero when the deal has no dataset.</param>
/// <param name="Owner">Who owned it when the deal was made.</param>
/// <param name="Price">What it costs for one task, in nRLC.</param>
internal sealed record DealResource(Address Address, Address Owner, BigInteger Price);
