using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace IExec.Tasks.Hosting;

/// <summary>The scripts that users are shown.</summary>
public static partial class Documentation
{
    /// <summary>The block of README.md that tells how to install the module.</summary>
    public const string Install = "README.md: Install";

    /// <summary>The block of README.md that is a whole script.</summary>
    public const string Runbook = "README.md: In a runbook";

    /// <summary>The examples of every cmdlet's help, by cmdlet and title.</summary>
    public static IEnumerable<(string Name, string Script)> HelpExamples() =>
        from file in Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "src", "IExec.Task", "en-US"), "*.xml").Order(StringComparer.Ordinal)
        let help = XDocument.Load(file).Root!
        from example in help.Elements("example")
        select ($"{help.Attribute("name")!.Value}: {example.Attribute("title")!.Value}", example.Element("code")!.Value);

    /// <summary>The powershell blocks of README.md, by the heading that they are under.</summary>
    public static IEnumerable<(string Name, string Script)> ReadmeBlocks() => ReadmeBlocks("powershell");

    /// <summary>The commands of README.md for any shell.</summary>
    public static IEnumerable<string> ReadmeCommands() => ReadmeBlocks("").SelectMany(block => block.Script.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What README.md shows of the tour.</summary>
    public static IEnumerable<string> ReadmeOutput() => ReadmeBlocks("text").Select(block => block.Script);

    /// <summary>The error ids that README.md explains.</summary>
    public static IEnumerable<string> ReadmeErrorIds() => ErrorRow().Matches(File.ReadAllText(Readme)).Select(row => row.Groups["id"].Value);

    private static string Readme => Path.Combine(RepositoryPaths.Root, "README.md");

    private static IEnumerable<(string Name, string Script)> ReadmeBlocks(string language)
    {
        var heading = "";
        foreach (Match match in HeadingOrBlock().Matches(File.ReadAllText(Readme)))
        {
            if (match.Groups["heading"] is { Success: true } title)
                heading = title.Value;
            else if (match.Groups["language"].Value == language)
                yield return ($"README.md: {heading}", match.Groups["script"].Value);
        }
    }

    [GeneratedRegex(@"^\| `(?<id>[A-Z]\w+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ErrorRow();

    [GeneratedRegex(@"^#+ (?<heading>[^\n]+)$|^```(?<language>\w*)\n(?<script>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HeadingOrBlock();
}
