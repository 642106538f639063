using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IExec.Tasks.PackageTests.Help;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>Checks tests/Pester against the module, without Pester.</summary>
public sealed class ModuleUseTests(ModuleFixture module) : IClassFixture<ModuleFixture>
{
    private static readonly IEnumerable<Script> PesterFiles =
        ScriptFiles.Read().Where(script => script.Name.StartsWith(Path.Combine("tests", "Pester"), StringComparison.Ordinal));

    [Fact]
    public void Every_cmdlet_has_a_file_of_acceptance_tests() =>
        Assert.Empty(module.Cmdlets.Keys.Except(PesterFiles.Select(script => Path.GetFileName(script.Name).Replace(".Tests.ps1", "", StringComparison.Ordinal))));

    [Fact]
    public void Acceptance_tests_use_cmdlets_and_parameters_that_exist() =>
        Assert.Empty(PesterFiles.SelectMany(script => ModuleUse.Mistakes(script, module.Cmdlets)));

    [Theory]
    [InlineData("Get-IExecTask $id -Conection $held", "Get-IExecTask has no parameter Conection")]
    [InlineData("Get-IExecTasks $id", "Get-IExecTasks does not exist")]
    [InlineData("Mock Wait-IExecDeal { }", "Wait-IExecDeal does not exist")]
    [InlineData("Get-IExecTask $id |", "An empty pipe element is not allowed.")]
    public void A_wrong_parameter_is_found(string script, string mistake) =>
        Assert.Equal($"x:1 {mistake}", Assert.Single(ModuleUse.Mistakes(new Script("x", script), module.Cmdlets)));
}
