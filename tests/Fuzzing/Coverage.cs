using System;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace IExec.Tasks.Fuzzing;

/// <summary>
/// The branches that inputs reach, if <c>sharpfuzz</c> has instrumented the assemblies: they are counted in a map of 64 KiB, as by AFL. Without
/// instrumentation there is no coverage.
/// </summary>
internal sealed unsafe class Coverage
{
    private const int Size = 64 * 1024;
    private static byte* _map;
    private readonly byte[] _seen = new byte[Size];

    public static bool IsThere => _map is not null;

    /// <summary>Sets the map of instrumented assemblies, without which their first branch would fail.</summary>
    public static void Start()
    {
        if (Array.Exists(typeof(IExecException).Assembly.GetReferencedAssemblies(), name => name.Name is "SharpFuzz.Common"))
            Trace.SharedMem = _map = (byte*)NativeMemory.AllocZeroed(Size);
    }

    /// <summary>How many branches were reached, each counted again for a new order of magnitude.</summary>
    public int Count { get; private set; }

    public void Begin()
    {
        if (IsThere)
            new Span<byte>(_map, Size).Clear();
    }

    /// <summary>Whether the input since <see cref="Begin"/> reached something new.</summary>
    public bool End()
    {
        if (!IsThere)
            return false;
        var before = Count;
        var map = new Span<byte>(_map, Size);
        for (int i = 0, step; (step = map[i..].IndexOfAnyExcept((byte)0)) >= 0; i++)
        {
            i += step;
            var bit = (byte)(1 << int.Log2(map[i]));
            Count += (_seen[i] & bit) == 0 ? 1 : 0;
            _seen[i] |= bit;
        }

        return Count > before;
    }
}
