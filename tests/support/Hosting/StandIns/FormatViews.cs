using System;
using System.Management.Automation.Host;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace IExec.Tasks.Hosting.StandIns;

/// <summary>
/// The engine has all that Format-Table and Format-List do, but for the two cmdlets themselves, which are ten lines each in
/// Microsoft.PowerShell.Commands.Utility. What they do in those lines is done here, through the engine's internals.
/// </summary>
internal static class FormatViews
{
    private static readonly Assembly Engine = typeof(PSHost).Assembly;

    /// <summary>Makes a cmdlet draw in a shape of the engine: Table or List.</summary>
    public static void Shape(FrontEndCommandBase cmdlet, string shape)
    {
        var shapes = Engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.FormatShape", throwOnError: true)!;
        var command = Engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand", throwOnError: true)!;
        var formatter = Activator.CreateInstance(command, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, null, [Enum.Parse(shapes, shape)], null);
        typeof(FrontEndCommandBase).GetField("implementation", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(cmdlet, formatter);
    }
}
