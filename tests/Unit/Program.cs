using System.Threading.Tasks;
using IExec.Tasks.UnitTests.Results;

namespace IExec.Tasks.UnitTests;

/// <summary>Not used by the test runner. Tests that need a process to kill, or one with a full disk, start this one.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => SaveProcess.RunAsync(arguments);
}
