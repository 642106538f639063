using System.Reflection;
using System.Runtime.Versioning;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.UnitTests;

/// <summary>Holds this project to its reason: what its tests run is the build that Windows PowerShell loads.</summary>
public sealed class LoadedBuildTests
{
    [Fact]
    public void Core_and_the_adapter_are_those_for_Windows_PowerShell() =>
        Assert.All([typeof(IExecTask).Assembly, typeof(PrivateKey).Assembly], assembly =>
            Assert.Equal(".NETStandard,Version=v2.0", assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName));
}
