using System;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>The result of <c>viewTask</c>, read from its hexadecimal words by position, independently of the module's decoder.</summary>
internal sealed class RawTask
{
    private readonly string _tuple;

    private RawTask(string answer) => _tuple = answer[(2 + 64)..];

    public int Status => (int)Number(0);

    public string DealId => "0x" + Word(1);

    public long Index => Number(2);

    public long TimeRef => Number(3);

    public long ContributionDeadline => Number(4);

    public long RevealDeadline => Number(5);

    public long FinalDeadline => Number(6);

    public string ConsensusValue => "0x" + Word(7);

    public long RevealCounter => Number(8);

    public long WinnerCounter => Number(9);

    public string[] Contributors
    {
        get
        {
            var at = (int)Number(10) / 32;
            return [.. Enumerable.Range(at + 1, (int)Number(at)).Select(word => "0x" + Word(word)[24..])];
        }
    }

    public string ResultDigest => "0x" + Word(11);

    public string Results => Encoding.UTF8.GetString(Convert.FromHexString(Bytes(12)));

    public string ResultsCallback => "0x" + Bytes(14);

    public static async Task<RawTask> ReadAsync(DevnetChain chain, string taskId)
    {
        var call = new { to = chain.State.Contracts.Hub, data = "0xadccf0d5" + taskId[2..] };
        return new RawTask((await chain.SendAsync("eth_call", call, "latest")).GetString()!);
    }

    private string Word(int index) => _tuple.Substring(64 * index, 64);

    private long Number(int index) => (long)BigInteger.Parse("0" + Word(index), System.Globalization.NumberStyles.HexNumber);

    private string Bytes(int index)
    {
        var at = (int)Number(index) / 32;
        return _tuple.Substring(64 * (at + 1), 2 * (int)Number(at));
    }
}
