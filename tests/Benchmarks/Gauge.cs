namespace IExec.Tasks.Benchmarks;

/// <summary>The value of a row that the gate compares; less is better.</summary>
/// <param name="Value">How many times the limit the module needs; where no limit is known, how many times the peer, or what it needs itself.</param>
/// <param name="Noise">The difference between runs of the same code.</param>
internal sealed record Gauge(double Value, double Noise)
{
    /// <summary>Runs differ more than the rounds of one run.</summary>
    private const double LeastNoise = 0.05;

    /// <summary>A count, which is the same on every machine.</summary>
    public static Gauge Of(double count, double limit = 1) => new(count / limit, 0);

    /// <summary>A time, or another repeated measurement, with that of the limit.</summary>
    public static Gauge Of(Sample ours, Sample limit)
    {
        var ratio = ours.Median / limit.Median;
        return new(ratio, ratio * (LeastNoise + ours.Spread + limit.Spread));
    }

    /// <summary>A measurement without a limit.</summary>
    public static Gauge Of(Sample ours) => Of(ours, new Sample(1, 0));

    /// <summary>Whether it is worse than before by more than the noise of both runs.</summary>
    public bool IsWorseThan(Gauge before) => Value > before.Value + before.Noise + Noise;

    public override string ToString() => Noise == 0 ? $"{Value:0.##}" : Value < 100 ? $"{Value:0.00} ± {Noise:0.00}" : $"{Value:0} ± {Noise:0}";
}
