using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace IExec.Tasks.Hosting.StandIns;

/// <summary>Format-Table.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => FormatViews.Shape(this, "Table");
}
