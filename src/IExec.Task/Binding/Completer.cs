using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace IExec.Tasks.Binding;

/// <summary>Completes an argument from values in memory, without network access. It never throws.</summary>
internal abstract class Completer : IArgumentCompleter
{
    /// <summary>The quotes that the engine leaves on the word to complete.</summary>
    private static readonly char[] Quotes = ['\'', '"'];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string? wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete ?? "";
        var quote = typed.Length > 0 && Quotes.Contains(typed[0]) ? typed.Substring(0, 1) : "";
        var fits = Matcher(typed.Trim(Quotes));
        try
        {
            return [.. Candidates().Where(candidate => fits(candidate.Value)).Select(candidate => Result(candidate, quote))];
        }
        catch (WildcardPatternException)
        {
            return [];
        }
    }

    /// <summary>The candidates, the likeliest first. They are plain words, which need no quotes.</summary>
    private protected abstract IEnumerable<(string Value, string? About)> Candidates();

    private static Func<string, bool> Matcher(string word)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(word))
            return value => value.StartsWith(word, StringComparison.OrdinalIgnoreCase);
        var pattern = new WildcardPattern(word + "*", WildcardOptions.IgnoreCase);
        return pattern.IsMatch;
    }

    private static CompletionResult Result((string Value, string? About) candidate, string quote) =>
        new(quote + candidate.Value + quote, candidate.Value, CompletionResultType.ParameterValue, candidate.About ?? candidate.Value);
}
