using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests.Help;

/// <summary>A cmdlet's help in the built module (MAML).</summary>
internal sealed class CommandHelp(XElement command)
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public string Name => command.Element(Command + "details")!.Element(Command + "name")!.Value;

    public string Synopsis => command.Element(Command + "details")!.Element(Maml + "description")!.Value.Trim();

    public string Description => command.Element(Maml + "description")!.Value.Trim();

    /// <summary>Each parameter set: its parameters in a comparable form, sorted.</summary>
    public IEnumerable<string> Sets => command.Descendants(Command + "syntaxItem")
        .Select(item => string.Join(", ", Parameters(item).Select(Describe).Order()));

    /// <summary>Each parameter of the cmdlet, in a comparable form, sorted.</summary>
    public IEnumerable<string> AllParameters => Parameters(command.Element(Command + "parameters")!).Select(Describe).Order();

    /// <summary>The names of parameters that are not described.</summary>
    public IEnumerable<string> UndescribedParameters => command.Descendants(Command + "parameter")
        .Where(parameter => parameter.Element(Maml + "description")!.Value.Trim().Length == 0)
        .Select(parameter => parameter.Element(Maml + "name")!.Value);

    public IEnumerable<string> Inputs => Types("inputType");

    public IEnumerable<string> Outputs => Types("returnValue");

    public IEnumerable<string> Links => command.Descendants(Maml + "linkText").Select(link => link.Value);

    public IReadOnlyList<string> Examples => [.. command.Descendants(Dev + "code").Select(code => code.Value)];

    public static IReadOnlyList<CommandHelp> Read(string framework = "net8.0")
    {
        var file = Path.Combine(RepositoryPaths.Root, "lib", framework, "en-US", "IExec.Task.dll-Help.xml");
        return [.. XDocument.Load(file).Root!.Elements(Command + "command").Select(command => new CommandHelp(command))];
    }

    private static IEnumerable<XElement> Parameters(XElement parent) => parent.Elements(Command + "parameter");

    private static string Describe(XElement parameter) =>
        $"{parameter.Element(Maml + "name")!.Value}: {parameter.Element(Dev + "type")!.Element(Maml + "name")!.Value}"
        + $" required={parameter.Attribute("required")!.Value} position={parameter.Attribute("position")!.Value}"
        + $" pipeline={parameter.Attribute("pipelineInput")!.Value} aliases={parameter.Attribute("aliases")!.Value}"
        + $" wildcards={parameter.Attribute("globbing")!.Value} default={parameter.Element(Dev + "defaultValue")!.Value}";

    private IEnumerable<string> Types(string element) =>
        command.Descendants(Command + element).Select(item => item.Element(Dev + "type")!.Element(Maml + "name")!.Value);
}
