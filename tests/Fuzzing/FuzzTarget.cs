using System;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace IExec.Tasks.Fuzzing;

/// <summary>
/// A parser of untrusted bytes with its invariants: for any bytes, it accepts them or throws one of its own exceptions, in limited time, and
/// with memory in proportion to the bytes.
/// </summary>
/// <param name="name">Its name, and that of its folder of the corpus.</param>
/// <param name="read">Reads an input; throws when it rejects the input, or when an invariant does not hold.</param>
/// <param name="refusals">The exceptions of a rejection.</param>
internal sealed class FuzzTarget(string name, Func<byte[], Task> read, params Type[] refusals)
{
    private const int AllocationFree = 256 * 1024;
    private const int OutlineLength = 20;

    public FuzzTarget(string name, Action<byte[]> read, params Type[] refusals)
        : this(name, input => Run(read, input), refusals)
    {
    }

    public string Name => name;

    /// <summary>Whether inputs are also mutated as JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>The bytes that may be allocated for each byte of an input, in addition to the fixed part.</summary>
    public int AllocationPerByte { get; init; } = 64;

    /// <summary>The bytes that may be allocated for any input, whatever its length.</summary>
    public int AllocationBase { get; init; } = AllocationFree;

    /// <summary>How much slower it is than most targets: the number of inputs is divided by this.</summary>
    public int Slowness { get; init; } = 1;

    /// <summary>Tries one input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="timeLimit">The time limit.</param>
    /// <returns>The outcome, as a text that is the same for inputs that end at the same place.</returns>
    /// <exception cref="FuzzFailureException">The target breaks a promise.</exception>
    public async Task<string> TryAsync(byte[] input, TimeSpan timeLimit)
    {
        var first = await MeasureAsync(input, timeLimit);

        // The cost of a first run (compilation, statics) or of a busy machine does not count.
        return first.Excess is null ? first.Outcome
            : await MeasureAsync(input, timeLimit) is { Excess: { } excess } ? throw new FuzzFailureException(name, input, excess)
            : first.Outcome;
    }

    private async Task<(string Outcome, string? Excess)> MeasureAsync(byte[] input, TimeSpan timeLimit)
    {
        var outcome = "accepted";
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var thread = Environment.CurrentManagedThreadId;
        try
        {
            await read(input);
        }
        catch (Exception exception) when (Array.Exists(refusals, refusal => refusal.IsInstanceOfType(exception)))
        {
            outcome = Outline(exception);
        }
        catch (Exception exception)
        {
            throw new FuzzFailureException(name, input, $"{exception.GetType().Name}: {exception.Message}", exception);
        }

        allocated = thread == Environment.CurrentManagedThreadId ? GC.GetAllocatedBytesForCurrentThread() - allocated : 0;
        return (outcome, Excess(input.Length, allocated, clock.Elapsed, timeLimit));
    }

    private string? Excess(int length, long allocated, TimeSpan elapsed, TimeSpan timeLimit)
    {
        if (elapsed > timeLimit)
            return $"it takes {elapsed.TotalMilliseconds:0} ms";
        return allocated > AllocationBase + ((long)AllocationPerByte * length) ? $"it allocates {allocated} bytes for {length}" : null;
    }

    /// <summary>The letters at the ends of a message: most messages that quote the input do so in the middle. Errors in JSON have many wordings.</summary>
    private static string Outline(Exception exception)
    {
        var letters = exception is JsonException ? "" : string.Concat(exception.Message.Where(char.IsAsciiLetter));
        return $"{exception.GetType().Name}: {letters[..Math.Min(letters.Length, OutlineLength)]}…{letters[Math.Max(0, letters.Length - OutlineLength)..]}";
    }

    private static Task Run(Action<byte[]> read, byte[] input)
    {
        read(input);
        return Task.CompletedTask;
    }
}
