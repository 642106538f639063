using System.Runtime.InteropServices;
#if NET
using System;
#endif

namespace IExec.Tasks;

/// <summary>The operating system this runs on.</summary>
internal static class CurrentSystem
{
#if NET
    public static OSPlatform Platform =>
        OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux;
#else
    /// <summary>The netstandard2.0 build is for Windows PowerShell.</summary>
    public static OSPlatform Platform => OSPlatform.Windows;
#endif
}
