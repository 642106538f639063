using System;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace IExec.Tasks.Fuzzing;

/// <summary>
/// A parser of bytes that nobody vouches for, with what it promises: whatever the bytes are, it reads them or says no in its own way, soon,
/// and within memory that the bytes account for.
/// </summary>
/// <param name="name">Its name, and that of its folder of the corpus.</param>
/// <param name="read">Reads an input; throws when it says no, and when something that must hold for every input does not.</param>
/// <param name="refusals">The exceptions by which it says no.</param>
internal sealed class FuzzTarget(string name, Func<byte[], Task> read, params Type[] refusals)
{
    private const int AllocationFree = 256 * 1024;
    private const int OutlineLength = 20;

    public FuzzTarget(string name, Action<byte[]> read, params Type[] refusals)
        : this(name, input => Run(read, input), refusals)
    {
    }

    public string Name => name;

    /// <summary>Whether inputs are changed as JSON as well.</summary>
    public bool IsJson { get; init; }

    /// <summary>The bytes that may be allocated for each byte of an input, beside what any input may cost.</summary>
    public int AllocationPerByte { get; init; } = 64;

    /// <summary>What one input may cost whatever its length, in bytes.</summary>
    public int AllocationBase { get; init; } = AllocationFree;

    /// <summary>How much slower it is than most: where inputs are counted, it gets so many times fewer.</summary>
    public int Slowness { get; init; } = 1;

    /// <summary>Tries one input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="patience">How long it may take.</param>
    /// <returns>What came of it, in words that are the same for inputs that end at the same place.</returns>
    /// <exception cref="FuzzFailureException">The target breaks a promise.</exception>
    public async Task<string> TryAsync(byte[] input, TimeSpan patience)
    {
        var first = await MeasureAsync(input, patience);

        // What a first run costs once only (compilation, statics), or a busy machine, is not the input's fault.
        return first.Excess is null ? first.Outcome
            : await MeasureAsync(input, patience) is { Excess: { } excess } ? throw new FuzzFailureException(name, input, excess)
            : first.Outcome;
    }

    private async Task<(string Outcome, string? Excess)> MeasureAsync(byte[] input, TimeSpan patience)
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
        return (outcome, Excess(input.Length, allocated, clock.Elapsed, patience));
    }

    private string? Excess(int length, long allocated, TimeSpan elapsed, TimeSpan patience)
    {
        if (elapsed > patience)
            return $"it takes {elapsed.TotalMilliseconds:0} ms";
        return allocated > AllocationBase + ((long)AllocationPerByte * length) ? $"it allocates {allocated} bytes for {length}" : null;
    }

    /// <summary>The letters at the ends of a message: most that quote the input do so in between. What is no JSON is so in many words.</summary>
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
