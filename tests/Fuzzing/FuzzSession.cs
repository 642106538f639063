using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using IExec.Tasks.Fuzzing.Mutations;

namespace IExec.Tasks.Fuzzing;

/// <summary>
/// Runs a target with its corpus, and then with mutations of earlier inputs. An input that reaches new code, if the assemblies are
/// instrumented, or that is rejected for a new reason, is mutated further.
/// </summary>
internal sealed class FuzzSession
{
    private const int LargestPool = 1000;
    private const int LongestInput = 64 * 1024;

    private readonly FuzzTarget _target;
    private readonly TimeSpan _timeLimit;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly List<byte[]> _pool;
    private readonly HashSet<string> _outcomes = new(StringComparer.Ordinal);
    private readonly Coverage _coverage = new();

    public FuzzSession(FuzzTarget target, int seed, TimeSpan timeLimit)
    {
        _target = target;
        _timeLimit = timeLimit;
        _random = new Random(seed);
        _mutator = new Mutator(_random, target.IsJson);
        _pool = [.. Corpus.Read(target)];
    }

    /// <summary>How many inputs were tried.</summary>
    public long Count { get; private set; }

    /// <summary>The input that is being tried.</summary>
    public byte[] Current { get; private set; } = [];

    /// <summary>The different ways in which inputs ended.</summary>
    public int Outcomes => _outcomes.Count;

    /// <summary>The branches that were reached; 0 where the assemblies are not instrumented.</summary>
    public int Branches => _coverage.Count;

    /// <summary>Tries the corpus as it is.</summary>
    /// <exception cref="FuzzFailureException">The target breaks an invariant.</exception>
    public async Task ReplayAsync()
    {
        for (var i = _pool.Count - 1; i >= 0; i--)
            await TryAsync(_pool[i]);
        await TryAsync([]);
    }

    /// <summary>Tries one more input.</summary>
    /// <exception cref="FuzzFailureException">The target breaks an invariant.</exception>
    public async Task StepAsync()
    {
        var input = _mutator.Mutate(_pool[_random.Next(_pool.Count)], _pool[_random.Next(_pool.Count)], LongestInput);
        if (await TryAsync(input) && _pool.Count < LargestPool)
            _pool.Add(input);
    }

    private async Task<bool> TryAsync(byte[] input)
    {
        Current = input;
        Count++;
        _coverage.Begin();
        var outcome = await _target.TryAsync(input, _timeLimit);
        return _coverage.End() | _outcomes.Add(outcome);
    }
}
