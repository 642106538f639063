using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;
using System.Text;

namespace IExec.Tasks.Hosting;

/// <summary>Keeps the lines, prompts and progress that a console would show.</summary>
internal sealed class RecordingUserInterface(HostOptions options) : PSHostUserInterface
{
    private readonly StringBuilder _text = new();
    private readonly Queue<int> _choices = new(options.Choices);

    public override PSHostRawUserInterface RawUI { get; } = new FixedSizeConsole(options.Width);

    public override bool SupportsVirtualTerminal => options.SupportsVirtualTerminal;

    /// <summary>The caption and message of each prompt for a choice.</summary>
    public List<string> Prompts { get; } = [];

    /// <summary>Everything written so far; taking it clears it.</summary>
    public string TakeText()
    {
        lock (_text)
        {
            var text = _text.ToString();
            _text.Clear();
            return text;
        }
    }

    public override void Write(string value)
    {
        // A console host does the same: what the engine decorates reaches only a terminal that understands it.
        if (!options.SupportsVirtualTerminal)
            value = new StringDecorated(value).ToString(OutputRendering.PlainText);
        lock (_text)
            _text.Append(value);
        options.Echo?.Write(value);
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        // The PowerShell object's Progress stream holds the records.
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        options.OnPrompt?.Invoke();
        if (!_choices.TryDequeue(out var choice))
            choice = Ask(caption, message, choices, defaultChoice);
        Prompts.Add($"{caption}\n{message}");
        return choice;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw NoUser();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw NoUser();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw NoUser();

    public override string ReadLine() => options.Input is { } input ? input.ReadLine() ?? "" : throw NoUser();

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (var character in ReadLine())
            secret.AppendChar(character);
        return secret;
    }

    private int Ask(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        var labels = choices.Select(choice => choice.Label.Replace("&", "", StringComparison.Ordinal)).ToList();
        WriteLine(caption);
        WriteLine(message);
        Write($"{string.Join(" / ", labels)} (default is {labels[defaultChoice]}): ");
        var answer = ReadLine();
        var chosen = labels.FindIndex(label => answer.Length > 0 && label.StartsWith(answer, StringComparison.OrdinalIgnoreCase));
        return chosen < 0 ? defaultChoice : chosen;
    }

    private static HostException NoUser() => new("This host has no user to ask.");
}
