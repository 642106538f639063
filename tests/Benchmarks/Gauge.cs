namespace IExec.Tasks.Benchmarks;

/// <summary>What the gate compares of a row; less is better.</summary>
/// <param name="Value">How many times the limit the module needs; where no limit is known, how many times the peer, or what it needs itself.</param>
/// <param name="Noise">By how much the same code differs from one run to the next.</param>
internal sealed record Gauge(double Value, double Noise)
{
    /// <summary>Runs differ by more than the rounds of one run do.</summary>
    private const double LeastNoise = 0.05;

    /// <summary>A count, which is the same on every machine.</summary>
    public static Gauge Of(double count, double limit = 1) => new(count / limit, 0);

    /// <summary>A time, or anything else that was measured again and again, beside the limit's.</summary>
    public static Gauge Of(Sample ours, Sample limit)
    {
        var ratio = ours.Median / limit.Median;
        return new(ratio, ratio * (LeastNoise + ours.Spread + limit.Spread));
    }

    /// <summary>A figure without a limit beside it.</summary>
    public static Gauge Of(Sample ours) => Of(ours, new Sample(1, 0));

    /// <summary>Whether more is needed than before, and by more than the noise of both runs.</summary>
    public bool IsWorseThan(Gauge before) => Value > before.Value + before.Noise + Noise;

    public override string ToString() => Noise == 0 ? $"{Value:0.##}" : Value < 100 ? $"{Value:0.00} ± {Noise:0.00}" : $"{Value:0} ± {Noise:0}";
}
