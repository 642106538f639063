using System.Linq;
using System.Management.Automation;
using IExec.Tasks.Binding;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Connections;

namespace IExec.Tasks.Commands;

/// <summary>Lists the chains that the module knows.</summary>
[Cmdlet(VerbsCommon.Get, "IExecChain", HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecChain))]
public sealed class GetIExecChainCommand : PSCmdlet
{
    /// <summary>Names, with wildcards, or ids; all chains without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ChainCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            IExecChain[] found = KnownChains.Find(name) is { } chain ? [chain] : [.. KnownChains.All.Where(known => pattern.IsMatch(known.Name))];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(ErrorRecords.Create(new IExecException(IExecErrorId.ChainUnknown, $"'{name}' is not a known chain."), name));
            WriteObject(found, enumerateCollection: true);
        }
    }
}
