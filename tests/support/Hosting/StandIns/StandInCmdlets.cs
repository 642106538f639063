using System;
using System.Collections.Generic;

namespace IExec.Tasks.Hosting.StandIns;

/// <summary>Cmdlets of a full PowerShell that the engine lacks, for tests.</summary>
public static class StandInCmdlets
{
    /// <summary>Those that choose a view.</summary>
    public static IReadOnlyDictionary<string, Type> Views { get; } = new Dictionary<string, Type>
    {
        ["Format-Table"] = typeof(FormatTableCommand),
        ["Format-List"] = typeof(FormatListCommand),
    };
}
