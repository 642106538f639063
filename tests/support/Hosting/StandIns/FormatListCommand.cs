using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace IExec.Tasks.Hosting.StandIns;

/// <summary>Format-List.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => FormatViews.Shape(this, "List");
}
